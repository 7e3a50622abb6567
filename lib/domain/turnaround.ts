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

export const endOutcomes = ["delivered", "partial", "not_delivered", "cancelled"] as const;
export type EndOutcome = (typeof endOutcomes)[number];

/** Plain values of a job that are described by their distribution. Seconds, or a rate per minute of turnaround. */
export const measures = [
  "waiting",
  "running",
  "finalizing",
  "detection_lag",
  "requests_per_minute",
  "tokens_per_minute",
] as const;
export type Measure = (typeof measures)[number];

/**
 * What is rolled up of ended jobs, and what `slot` and `bin` mean there:
 * - an outcome: `bin` whole seconds of turnaround, −1 unknown; `slot` −1, or the least possible seconds of an interval;
 * - "launch": `bin` days since 1970 of the creation, UTC;
 * - "launch_hour": `bin` hour of the day of the creation, UTC, of the jobs whose turnaround is known;
 * - "launch_" and an outcome: `slot` hour of the week from Monday 0:00 UTC, `bin` 8 ln(seconds), rounded: 12 % wide;
 * - a measure: `bin` 50 ln(value), rounded: 2 % wide.
 */
export type CountedMeasure = EndOutcome | "launch" | "launch_hour" | `launch_${EndOutcome}` | Measure;

/** Bins per unit of the natural logarithm: in the launch roll-up, and of the measures. */
export const launchBinsPerUnit = 8;
export const measureBinsPerUnit = 50;
/** The bin of values that are 0. */
export const zeroBin = -32_768;

/** The middle of a logarithmic bin. */
export function valueOfBin(bin: number, binsPerUnit: number): number {
  return bin === zeroBin ? 0 : Math.exp(bin / binsPerUnit);
}
