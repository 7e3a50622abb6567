import { formatQuantity } from "../format.ts";

/** What a cancellation did, in one sentence or two. */
export function cancelSummary(outcome: { requestedCount: number; skippedCount: number }): string {
  const { requestedCount, skippedCount } = outcome;
  const skipped = skippedCount > 0 ? ` ${formatQuantity(skippedCount, "job")} had already ended.` : "";
  if (requestedCount === 0) return `Nothing to cancel.${skipped}`;
  return `Cancellation of ${formatQuantity(requestedCount, "job")} is on its way.${skipped}`;
}
