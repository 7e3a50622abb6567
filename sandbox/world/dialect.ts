import type { BatchRecord, InputSummary, ValidationProblem } from "./model.ts";
import type { Row } from "./row-index.ts";

/** Either how the request will end, or what is wrong with its line. */
export type Inspection = { readonly row: Row } | { readonly problem: ValidationProblem };

/** Reads the lines of one batch in file order, and remembers what it needs to find duplicates. */
export interface LineInspector {
  inspect(line: Buffer, lineNumber: number): Inspection;
  /** Problems of the batch as a whole, and the model, once every line has been read. */
  conclude(summary: InputSummary): InputSummary;
}

/** How a request that was not answered ended. */
export type Unserved = "expired" | "cancelled";

/** One request together with how it ended. */
export interface EndedRow {
  readonly line: Buffer;
  /** Place in the input, from 0. */
  readonly index: number;
  /** null when it was answered, well or with an error. */
  readonly unserved: Unserved | null;
  readonly endedAtMs: number;
}

/** What a provider knows about the lines of its batches. */
export interface Dialect {
  inspector(batch: BatchRecord): LineInspector;
  /** The line of a made-up request, for batches that no client has sent. */
  madeUpLine(batch: BatchRecord, index: number): string;
  /** The result line, without newline. */
  resultLine(batch: BatchRecord, row: EndedRow): string;
}
