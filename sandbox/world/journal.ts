import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { StringDecoder } from "node:string_decoder";

const READ_CHUNK_BYTES = 1 << 20;

/** An append-only file of JSON lines. Each entry is on disk before the call that caused it is answered. */
export class Journal {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
  }

  /** Writes entries, all of them with one write. */
  append(entries: readonly unknown[]): void {
    appendFileSync(this.#path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
  }

  /** Puts these entries in the place of all there were; a kill in the middle leaves one or the other. */
  rewrite(entries: readonly unknown[]): void {
    const path = `${this.#path}.new`;
    writeFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""), { flush: true });
    renameSync(path, this.#path);
  }

  /**
   * Hands every readable entry to `apply`, oldest first. A torn last line, left by a kill in the middle of a
   * write, is cut off so that the next entry starts on a line of its own.
   */
  replay(apply: (entry: unknown) => void): void {
    if (!existsSync(this.#path)) return;
    const file = openSync(this.#path, "r");
    const buffer = Buffer.allocUnsafe(READ_CHUNK_BYTES);
    const decoder = new StringDecoder("utf8");
    let pending = "";
    let wholeBytes = 0;
    let totalBytes = 0;
    try {
      for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) {
        totalBytes += bytes;
        const lines = (pending + decoder.write(buffer.subarray(0, bytes))).split("\n");
        pending = lines.pop() ?? "";
        for (const line of lines) {
          wholeBytes += Buffer.byteLength(line) + 1;
          const entry = parseLine(line);
          if (entry !== undefined) apply(entry);
        }
      }
    } finally {
      closeSync(file);
    }
    if (wholeBytes < totalBytes) truncateSync(this.#path, wholeBytes);
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // A damaged line costs that one entry, never the whole state.
    return undefined;
  }
}
