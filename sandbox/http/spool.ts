import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { once } from "node:events";

const HEAD_BYTES = 1 << 20;

export interface Spooled {
  readonly sizeBytes: number;
  readonly sha256Hex: string;
  /** The first part of the file, enough to look at its first line. */
  readonly head: Buffer;
}

/** Writes bytes to a file as they arrive, and never holds more than a chunk of them. */
export class Spool {
  readonly path: string;
  readonly #file: ReturnType<typeof createWriteStream>;
  readonly #hash = createHash("sha256");
  readonly #head: Buffer[] = [];
  #headBytes = 0;
  sizeBytes = 0;

  constructor(path: string, flags: "w" | "a" = "w") {
    this.path = path;
    this.#file = createWriteStream(path, { flags });
  }

  /** Goes on writing a file that is there in part. */
  static async resume(path: string): Promise<Spool> {
    const spool = new Spool(path, "a");
    await spool.flush();
    const written: AsyncIterable<Buffer> = createReadStream(path);
    for await (const chunk of written) spool.#note(chunk);
    return spool;
  }

  #note(chunk: Buffer): void {
    this.sizeBytes += chunk.length;
    this.#hash.update(chunk);
    if (this.#headBytes < HEAD_BYTES) {
      this.#head.push(Buffer.from(chunk.subarray(0, HEAD_BYTES - this.#headBytes)));
      this.#headBytes += chunk.length;
    }
  }

  /** Waits until all that was written has been handed to the system, and so outlives this process. */
  async flush(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#file.write(Buffer.alloc(0), (error) => (error == null ? resolve() : reject(error)));
    });
  }

  async write(chunk: Buffer): Promise<void> {
    this.#note(chunk);
    if (!this.#file.write(chunk)) await once(this.#file, "drain");
  }

  async finish(): Promise<Spooled> {
    this.#file.end();
    await once(this.#file, "finish");
    return {
      sizeBytes: this.sizeBytes,
      sha256Hex: this.#hash.digest("hex"),
      head: Buffer.concat(this.#head),
    };
  }

  /** Gives up and removes the file. */
  async discard(): Promise<void> {
    this.#file.destroy();
    if (!this.#file.closed) await once(this.#file, "close");
    rmSync(this.path, { force: true });
  }
}
