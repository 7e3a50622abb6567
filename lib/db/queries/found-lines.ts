import { resultOutcomeFilters, type ResultFilter, type ResultPage } from "#lib/domain/result-page.ts";
import type { RequestOutcome } from "#lib/domain/result.ts";

type OutcomeName = (typeof resultOutcomeFilters)[number];

/** The lines of a job's results that a search has found, in the order in which they are shown: 5 bytes each. */
export class FoundLines {
  readonly #lineNumbers: Int32Array;
  /** Places in `resultOutcomeFilters`. */
  readonly #outcomes: Uint8Array;

  constructor(found: readonly { lineNumber: number; outcome: RequestOutcome | null }[]) {
    this.#lineNumbers = Int32Array.from(found, (line) => line.lineNumber);
    this.#outcomes = Uint8Array.from(found, (line) =>
      resultOutcomeFilters.indexOf(line.outcome ?? "unreadable"),
    );
  }

  get count(): number {
    return this.#lineNumbers.length;
  }

  outcomeCounts(): ResultPage["outcomeCounts"] {
    const counts: Record<OutcomeName, number> = {
      succeeded: 0,
      failed: 0,
      expired: 0,
      cancelled: 0,
      unreadable: 0,
    };
    for (const place of this.#outcomes) {
      const outcome = resultOutcomeFilters[place];
      if (outcome) counts[outcome] += 1;
    }
    return counts;
  }

  /** The line numbers of one page of one outcome, or of all. */
  page({ outcome, page, pageSize }: Pick<ResultFilter, "outcome" | "page" | "pageSize">): number[] {
    const wanted = outcome === null ? null : resultOutcomeFilters.indexOf(outcome);
    const lineNumbers: number[] = [];
    let toSkip = (page - 1) * pageSize;
    for (const [index, lineNumber] of this.#lineNumbers.entries()) {
      if (wanted !== null && this.#outcomes[index] !== wanted) continue;
      if (toSkip > 0) toSkip -= 1;
      else lineNumbers.push(lineNumber);
      if (lineNumbers.length === pageSize) break;
    }
    return lineNumbers;
  }
}

const mostSearches = 20;
const mostLines = 500_000;

/**
 * What the latest searches have found, so that turning their pages and choosing an outcome reads no text again. The key
 * must name the state of the results that were searched. Bounded to 20 searches and 500,000 lines, oldest out first.
 */
export class FoundLinesMemory {
  readonly #found = new Map<string, FoundLines>();
  #lineCount = 0;

  get(key: string): FoundLines | null {
    const found = this.#found.get(key);
    if (!found) return null;
    this.#found.delete(key);
    this.#found.set(key, found);
    return found;
  }

  keep(key: string, found: FoundLines): void {
    this.#forget(key);
    this.#found.set(key, found);
    this.#lineCount += found.count;
    for (const oldest of this.#found.keys()) {
      if (this.#found.size <= mostSearches && this.#lineCount <= mostLines) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#lineCount -= this.#found.get(key)?.count ?? 0;
    this.#found.delete(key);
  }
}
