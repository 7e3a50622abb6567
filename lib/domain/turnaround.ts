/**
 * What a job counts as in statistics. "partial" is delivered, but not every request of it; "not_delivered" failed,
 * expired or timed out; "cancelled" was cancelled on demand; "unfinished" is still open.
 */
export const turnaroundOutcomes = [
  "delivered",
  "partial",
  "not_delivered",
  "cancelled",
  "unfinished",
] as const;
export type TurnaroundOutcome = (typeof turnaroundOutcomes)[number];
