import { closeSync, openSync, readSync } from "node:fs";
import type { Dialect } from "./dialect.ts";
import type { BatchRecord, InputSummary, ProviderName, TokenSum, ValidationProblem } from "./model.ts";
import { shuffledIndexes } from "./random.ts";
import { isBlank, linesOf, RowIndex } from "./row-index.ts";

/** Rows and batches whose index is kept in memory at once. */
const CACHED_ROWS = 1_000_000;
const CACHED_BATCHES = 1_000;
const MAX_PROBLEMS = 1_000;

/** The rows of a batch and the order in which they are answered. */
export interface Rows {
  readonly index: RowIndex;
  readonly order: Uint32Array;
}

/** Reads batch inputs and keeps the indexes that are in use. */
export class Inputs {
  readonly #dialects: Readonly<Record<ProviderName, Dialect>>;
  readonly #cache = new Map<string, Promise<Rows>>();
  readonly #sizes = new Map<string, number>();
  #cachedRows = 0;

  constructor(dialects: Readonly<Record<ProviderName, Dialect>>) {
    this.#dialects = dialects;
  }

  /** Reads the whole input once: counts, token sums, and everything that is wrong with it. */
  async read(batch: BatchRecord): Promise<InputSummary> {
    const { summary, rows } = await this.#scan(batch);
    this.#keep(batch.id, Promise.resolve(rows), rows.index.count);
    return summary;
  }

  /** As `read`, for inputs that need no disk. */
  readMadeUp(batch: BatchRecord): InputSummary {
    const collector = new Collector(this.#dialects[batch.provider], batch);
    if (batch.input.kind === "made-up") collector.addMadeUp(batch.input.requests);
    return collector.summary();
  }

  /** The rows of a batch, read again from its input when they are no longer in memory. */
  rows(batch: BatchRecord): Promise<Rows> {
    const cached = this.#cache.get(batch.id);
    if (cached !== undefined) {
      this.#cache.delete(batch.id);
      this.#cache.set(batch.id, cached);
      return cached;
    }
    const reading = this.#scan(batch).then((scan) => scan.rows);
    this.#keep(batch.id, reading, batch.summary?.requests ?? 0);
    reading.catch(() => this.#drop(batch.id));
    return reading;
  }

  /** Lets go of what is remembered of a batch. */
  #drop(id: string): void {
    this.#cachedRows -= this.#sizes.get(id) ?? 0;
    this.#cache.delete(id);
    this.#sizes.delete(id);
  }

  #keep(id: string, rows: Promise<Rows>, count: number): void {
    this.#drop(id);
    this.#cache.set(id, rows);
    this.#sizes.set(id, count);
    this.#cachedRows += count;
    for (const oldest of this.#cache.keys()) {
      const fits = this.#cachedRows <= CACHED_ROWS && this.#cache.size <= CACHED_BATCHES;
      if (fits || oldest === id) break;
      this.#drop(oldest);
    }
  }

  async #scan(batch: BatchRecord): Promise<{ summary: InputSummary; rows: Rows }> {
    const collector = new Collector(this.#dialects[batch.provider], batch);
    if (batch.input.kind === "made-up") collector.addMadeUp(batch.input.requests);
    else for await (const line of linesOf(batch.input.path)) collector.add(line.bytes, line.offset);
    const order = shuffledIndexes(collector.index.count, `order:${batch.drawKey}`);
    return { summary: collector.summary(), rows: { index: collector.index, order } };
  }

  /** Reads request lines by their place; `close` must be called at the end. */
  reader(batch: BatchRecord, rows: Rows): LineReader {
    return new LineReader(batch, rows, this.#dialects[batch.provider]);
  }
}

/** Random access to the lines of one input. */
export class LineReader {
  readonly #batch: BatchRecord;
  readonly #rows: Rows;
  readonly #dialect: Dialect;
  readonly #file: number | null;

  constructor(batch: BatchRecord, rows: Rows, dialect: Dialect) {
    this.#batch = batch;
    this.#rows = rows;
    this.#dialect = dialect;
    this.#file = batch.input.kind === "file" ? openSync(batch.input.path, "r") : null;
  }

  line(index: number): Buffer {
    if (this.#file === null) return Buffer.from(this.#dialect.madeUpLine(this.#batch, index));
    const bytes = Buffer.allocUnsafe(this.#rows.index.length(index));
    readSync(this.#file, bytes, 0, bytes.length, this.#rows.index.offset(index));
    return bytes;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
  }
}

class Collector {
  readonly index = new RowIndex();
  readonly #dialect: Dialect;
  readonly #batch: BatchRecord;
  readonly #inspector: ReturnType<Dialect["inspector"]>;
  readonly #problems: ValidationProblem[] = [];
  #lineNumber = 0;
  #failed = 0;
  #tokens = { input: 0, output: 0, reasoning: 0 };

  constructor(dialect: Dialect, batch: BatchRecord) {
    this.#dialect = dialect;
    this.#batch = batch;
    this.#inspector = dialect.inspector(batch);
  }

  addMadeUp(requests: number): void {
    for (let index = 0; index < requests; index++) {
      this.add(Buffer.from(this.#dialect.madeUpLine(this.#batch, index)), 0);
    }
  }

  add(line: Buffer, offset: number): void {
    this.#lineNumber++;
    if (isBlank(line)) return;
    const inspection = this.#inspector.inspect(line, this.#lineNumber);
    if ("problem" in inspection) {
      if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(inspection.problem);
      return;
    }
    this.index.add(offset, line.length, inspection.row);
    if (inspection.row.failed) this.#failed++;
    else addTokens(this.#tokens, inspection.row.tokens);
  }

  summary(): InputSummary {
    return this.#inspector.conclude({
      requests: this.index.count,
      failed: this.#failed,
      tokens: this.#tokens,
      model: this.#batch.model,
      problems: this.#problems,
    });
  }
}

function addTokens(sum: { input: number; output: number; reasoning: number }, tokens: TokenSum): void {
  sum.input += tokens.input;
  sum.output += tokens.output;
  sum.reasoning += tokens.reasoning;
}
