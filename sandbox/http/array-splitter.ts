const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const SPACE = 0x20;
const MAX_SKELETON_CHARACTERS = 16 * 1024 * 1024;

/** A JSON text that cannot be read. */
export class MalformedJson extends Error {}

/**
 * Takes a JSON object in pieces and hands out the elements of one of its arrays one by one, so that a body of
 * hundreds of megabytes never stands in memory. Line breaks inside an element, which JSON allows only between
 * its tokens, become spaces: each element is one line.
 */
export class ArraySplitter {
  /** Everything that is not an element, with `0` in the place of each. */
  #skeleton = "";
  readonly #key: string;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inArray = false;
  #lastKey = "";
  #keyText = "";
  #element: Buffer[] | null = null;

  constructor(key: string) {
    this.#key = key;
  }

  /** The elements that end in this piece. */
  *push(chunk: Buffer): Generator<Buffer> {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      // Most bytes are text inside an element: nothing happens before its next quote or backslash.
      if (this.#inString && this.#element !== null && !this.#escaped) {
        while (at < chunk.length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at++;
        if (at === chunk.length) break;
      }
      const byte = chunk[at] ?? 0;
      if (this.#inArray && this.#element === null && !this.#endsElement(byte) && byte > SPACE) {
        this.#element = [];
        from = at;
      }
      if (this.#element !== null && this.#depth === 2 && !this.#inString && this.#endsElement(byte)) {
        this.#element.push(chunk.subarray(from, at));
        yield oneLine(Buffer.concat(this.#element));
        this.#element = null;
        this.#skeleton += "0";
      }
      const isOutside = this.#element === null;
      this.#step(byte);
      if (isOutside) this.#skeleton += String.fromCharCode(byte);
    }
    if (this.#element !== null) this.#element.push(chunk.subarray(from));
    if (this.#skeleton.length > MAX_SKELETON_CHARACTERS) throw new MalformedJson("too much around the array");
  }

  #endsElement(byte: number): boolean {
    return byte === COMMA || byte === CLOSE_BRACKET;
  }

  #step(byte: number): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      else if (this.#depth === 1) this.#keyText += String.fromCharCode(byte);
      return;
    }
    if (byte === QUOTE) {
      this.#inString = true;
      if (this.#depth === 1) this.#keyText = "";
    } else if (byte === COLON && this.#depth === 1) {
      this.#lastKey = this.#keyText;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (byte === OPEN_BRACKET && this.#depth === 1 && this.#lastKey === this.#key) this.#inArray = true;
      this.#depth++;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      this.#depth--;
      if (this.#depth === 1) this.#inArray = false;
    }
  }

  /** The object around the array, once everything has been pushed; elements are zeros in it. */
  finish(): unknown {
    try {
      return JSON.parse(this.#skeleton);
    } catch (cause) {
      throw new MalformedJson("not valid JSON", { cause });
    }
  }
}

function oneLine(element: Buffer): Buffer {
  for (let at = 0; at < element.length; at++) {
    const byte = element[at];
    if (byte === 10 || byte === 13) element[at] = SPACE;
  }
  return element;
}
