import type { Dialect } from "./dialect.ts";
import type { Inputs, Rows } from "./inputs.ts";
import type { Moment } from "./lifecycle.ts";
import type { BatchRecord, ProviderName, TokenSum } from "./model.ts";

const LINES_PER_TURN = 64;

/** Which results are wanted: the good ones, all that are not good, all that were processed, or every one. */
export type ResultPart = "answered" | "unanswered" | "processed" | "all";

/** How the requests of a batch stand at a moment. */
export interface Tally {
  readonly succeeded: number;
  readonly failed: number;
  readonly unserved: number;
  readonly tokens: TokenSum;
}

/** Makes result lines out of plan and input, whenever they are asked for; nothing is stored. */
export class Results {
  readonly #inputs: Inputs;
  readonly #dialects: Readonly<Record<ProviderName, Dialect>>;
  readonly #tallies = new Map<string, Tally>();
  readonly #sizes = new Map<string, number>();

  constructor(inputs: Inputs, dialects: Readonly<Record<ProviderName, Dialect>>) {
    this.#inputs = inputs;
    this.#dialects = dialects;
  }

  /** Counts the requests that are done. */
  async tally(batch: BatchRecord, moment: Moment): Promise<Tally> {
    const summary = batch.summary;
    const requests = summary?.requests ?? 0;
    const done = moment.doneRequests;
    if (summary === null || done === 0) {
      return { succeeded: 0, failed: 0, unserved: requests, tokens: { input: 0, output: 0, reasoning: 0 } };
    }
    if (done === requests) {
      return {
        succeeded: requests - summary.failed,
        failed: summary.failed,
        unserved: 0,
        tokens: summary.tokens,
      };
    }
    const key = `${batch.id}:${done}`;
    const known = this.#tallies.get(key);
    if (known !== undefined) return known;
    const tally = countFirst(await this.#inputs.rows(batch), done, requests);
    if (moment.isTerminal) this.#tallies.set(key, tally);
    return tally;
  }

  /** The result lines in the order in which their requests were done, each with its newline. */
  async *lines(batch: BatchRecord, moment: Moment, part: ResultPart): AsyncGenerator<string> {
    const rows = await this.#inputs.rows(batch);
    const reader = this.#inputs.reader(batch, rows);
    const dialect = this.#dialects[batch.provider];
    const unserved = moment.phase === "expired" ? "expired" : "cancelled";
    const endedAtMs = moment.finalizingAtMs ?? moment.endedAtMs ?? batch.createdAtMs;
    try {
      let sinceTurn = 0;
      for (const { index, position } of batch.inline ? inInputOrder(rows) : inDoneOrder(rows)) {
        const isDone = position < moment.doneRequests;
        if (!belongs(part, isDone, isDone && !rows.index.isFailed(index))) continue;
        const row = {
          line: reader.line(index),
          index,
          unserved: isDone ? null : unserved,
          endedAtMs,
        } as const;
        yield `${dialect.resultLine(batch, row)}\n`;
        // Lets other requests be served while a large result is written.
        if (++sinceTurn % LINES_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      reader.close();
    }
  }

  /** The size of a result in bytes, counted by writing it once; for ended batches only. */
  async sizeBytes(batch: BatchRecord, moment: Moment, part: ResultPart): Promise<number> {
    const key = `${batch.id}:${part}`;
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    let bytes = 0;
    for await (const line of this.lines(batch, moment, part)) bytes += Buffer.byteLength(line);
    this.#sizes.set(key, bytes);
    return bytes;
  }

  /** The size if it has been counted already. */
  knownSizeBytes(batch: BatchRecord, part: ResultPart): number | null {
    return this.#sizes.get(`${batch.id}:${part}`) ?? null;
  }
}

function belongs(part: ResultPart, isDone: boolean, isAnswered: boolean): boolean {
  switch (part) {
    case "answered":
      return isAnswered;
    case "unanswered":
      return !isAnswered;
    case "processed":
      return isDone;
    case "all":
      return true;
  }
}

/** A row's place in the input and in the order in which requests were done. */
interface Place {
  readonly index: number;
  readonly position: number;
}

function* inDoneOrder({ order }: Rows): Generator<Place> {
  for (let position = 0; position < order.length; position++) yield { index: order[position] ?? 0, position };
}

function* inInputOrder({ order }: Rows): Generator<Place> {
  const positions = new Uint32Array(order.length);
  for (let position = 0; position < order.length; position++) positions[order[position] ?? 0] = position;
  for (let index = 0; index < order.length; index++) yield { index, position: positions[index] ?? 0 };
}

function countFirst(rows: Rows, done: number, requests: number): Tally {
  let failed = 0;
  const tokens = { input: 0, output: 0, reasoning: 0 };
  for (let position = 0; position < done; position++) {
    const index = rows.order[position] ?? 0;
    if (rows.index.isFailed(index)) {
      failed++;
      continue;
    }
    const row = rows.index.tokens(index);
    tokens.input += row.input;
    tokens.output += row.output;
    tokens.reasoning += row.reasoning;
  }
  return { succeeded: done - failed, failed, unserved: requests - done, tokens };
}
