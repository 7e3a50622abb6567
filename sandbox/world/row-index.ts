import { createReadStream } from "node:fs";
import type { TokenSum } from "./model.ts";

const FIRST_CAPACITY = 64;

/** One request of a batch as the index keeps it. */
export interface Row {
  readonly failed: boolean;
  readonly tokens: TokenSum;
}

/** Where each request stands in its input file and how it ends; 25 bytes a request, never its text. */
export class RowIndex {
  count = 0;
  #offsets = new Float64Array(FIRST_CAPACITY);
  #numbers = new Uint32Array(FIRST_CAPACITY * 4);
  #failed = new Uint8Array(FIRST_CAPACITY);

  add(offset: number, length: number, row: Row): void {
    if (this.count === this.#offsets.length) this.#grow();
    const index = this.count++;
    this.#offsets[index] = offset;
    this.#numbers.set([length, row.tokens.input, row.tokens.output, row.tokens.reasoning], index * 4);
    this.#failed[index] = row.failed ? 1 : 0;
  }

  #grow(): void {
    const capacity = this.#offsets.length * 2;
    const offsets = new Float64Array(capacity);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
    const numbers = new Uint32Array(capacity * 4);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const failed = new Uint8Array(capacity);
    failed.set(this.#failed);
    this.#failed = failed;
  }

  offset(index: number): number {
    return this.#offsets[index] ?? 0;
  }

  length(index: number): number {
    return this.#numbers[index * 4] ?? 0;
  }

  isFailed(index: number): boolean {
    return this.#failed[index] === 1;
  }

  tokens(index: number): TokenSum {
    return {
      input: this.#numbers[index * 4 + 1] ?? 0,
      output: this.#numbers[index * 4 + 2] ?? 0,
      reasoning: this.#numbers[index * 4 + 3] ?? 0,
    };
  }
}

/** One line of a file, with its place in bytes; the newline is not part of it. */
export interface FileLine {
  readonly bytes: Buffer;
  readonly offset: number;
}

/** Reads a file of lines without holding more than a chunk and one line. */
export async function* linesOf(path: string): AsyncGenerator<FileLine> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let offset = 0;
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1 << 18 });
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, end));
      const bytes = held.length === 1 ? chunk.subarray(from, end) : Buffer.concat(held);
      yield { bytes, offset };
      offset += bytes.length + 1;
      held = [];
      heldBytes = 0;
      from = end + 1;
    }
    if (from < chunk.length) {
      held.push(chunk.subarray(from));
      heldBytes += chunk.length - from;
    }
  }
  if (heldBytes > 0) yield { bytes: Buffer.concat(held), offset };
}

/** True for a line of nothing but white space. */
export function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
