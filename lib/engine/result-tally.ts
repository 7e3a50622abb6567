import type { RequestOutcome, ResultLine } from "#lib/domain/result.ts";
import { addUsage, unknownUsage, type TokenUsage } from "#lib/domain/token-usage.ts";

/** Counts result lines as they pass by. A request that appears twice is counted once, with its first outcome. */
export class ResultTally {
  lineCount = 0;
  unreadableCount = 0;
  usage: TokenUsage = unknownUsage;
  readonly #outcomes: Record<RequestOutcome, number> = { succeeded: 0, failed: 0, expired: 0, cancelled: 0 };
  readonly #seenIndexes = new Set<number>();

  add(line: ResultLine, requestIndex: number | null): void {
    this.lineCount += 1;
    if (line.kind === "unreadable") {
      this.unreadableCount += 1;
      return;
    }
    if (requestIndex !== null) {
      if (this.#seenIndexes.has(requestIndex)) return;
      this.#seenIndexes.add(requestIndex);
    }
    this.#outcomes[line.result.outcome] += 1;
    if (line.result.usage) this.usage = addUsage(this.usage, line.result.usage);
  }

  /**
   * The outcome counts as database columns; what has no line is unfinished. Null when no line could be read, so that
   * the provider's own counters stay.
   */
  counts(requestCount: number | null) {
    const { succeeded, failed, expired, cancelled } = this.#outcomes;
    const answered = succeeded + failed + expired + cancelled;
    if (answered === 0) return null;
    const total = requestCount ?? answered;
    return {
      countTotal: total,
      countSucceeded: succeeded,
      countFailed: failed,
      countExpired: expired,
      countCancelled: cancelled,
      countUnfinished: Math.max(0, total - answered),
    };
  }
}
