/** One part of a form as it is read; `chunks` must be read to its end before the next part is asked for. */
export interface FormPart {
  readonly name: string;
  readonly filename: string | null;
  readonly chunks: AsyncGenerator<Buffer>;
}

/** A form that does not follow RFC 7578. */
export class MalformedForm extends Error {}

const MAX_HEADER_BYTES = 16 * 1024;

/** Reads `multipart/form-data` part by part; a large file part is never in memory as a whole. */
export async function* formParts(contentType: string, body: AsyncIterable<Buffer>): AsyncGenerator<FormPart> {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) throw new MalformedForm("no boundary in the content type");
  const reader = new BoundaryReader(body, Buffer.from(`\r\n--${text}`));
  // The first boundary has no line break before it; one is put there so that all look alike.
  reader.prepend(Buffer.from("\r\n"));
  for await (const _preamble of reader.untilBoundary());
  while (!(await reader.isLast())) {
    const header = await reader.headerBlock();
    const name = /\bname="([^"]*)"/i.exec(header)?.[1];
    if (name === undefined) throw new MalformedForm("a part without a name");
    const filename = /\bfilename="([^"]*)"/i.exec(header)?.[1] ?? null;
    const chunks = reader.untilBoundary();
    yield { name, filename, chunks };
    for await (const _unread of chunks);
  }
}

class BoundaryReader {
  readonly #source: AsyncIterator<Buffer>;
  readonly #boundary: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Buffer>, boundary: Buffer) {
    this.#source = body[Symbol.asyncIterator]();
    this.#boundary = boundary;
  }

  prepend(bytes: Buffer): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#source.next();
    if (done === true) throw new MalformedForm("the form ends in the middle of a part");
    this.#held = this.#held.length === 0 ? value : Buffer.concat([this.#held, value]);
  }

  /** Everything before the next boundary; the boundary itself is swallowed. */
  async *untilBoundary(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(this.#boundary);
      if (at !== -1) {
        const last = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + this.#boundary.length);
        if (last.length > 0) yield last;
        return;
      }
      // The end of what is held may be the beginning of the boundary.
      const safe = this.#held.length - this.#boundary.length;
      if (safe > 0) {
        const chunk = this.#held.subarray(0, safe);
        this.#held = this.#held.subarray(safe);
        yield chunk;
      }
      await this.#more();
    }
  }

  /** After a boundary: whether it was the closing one; else moves past its line break. */
  async isLast(): Promise<boolean> {
    while (this.#held.length < 2) await this.#more();
    const mark = this.#held.subarray(0, 2).toString("latin1");
    this.#held = this.#held.subarray(2);
    if (mark === "--") return true;
    if (mark !== "\r\n") throw new MalformedForm("a boundary without a line break");
    return false;
  }

  async headerBlock(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf("\r\n\r\n");
      if (end !== -1) {
        const header = this.#held.subarray(0, end).toString("utf8");
        this.#held = this.#held.subarray(end + 4);
        return header;
      }
      if (this.#held.length > MAX_HEADER_BYTES) throw new MalformedForm("the header of a part is too long");
      await this.#more();
    }
  }
}
