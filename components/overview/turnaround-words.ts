import type { TurnaroundSummary } from "#lib/domain/turnaround-summary.ts";
import { formatDuration } from "../format.ts";

/** Fewer jobs than this say little about a median. */
const fewJobs = 10;
const alike = 1.05;

type Known = Pick<TurnaroundSummary, "jobCount" | "median" | "canReachMedian">;

/** The median of a span of time: `12 min`, `at least 5 min`, or why there is none. */
export function medianWords({ jobCount, median, canReachMedian }: Known): string {
  if (jobCount === 0) return "no jobs";
  if (median.seconds !== null) return formatDuration(median.seconds);
  if (!canReachMedian) return "none: too few delivered";
  return median.atLeastSeconds === null
    ? "not known yet"
    : `at least ${formatDuration(median.atLeastSeconds)}`;
}

/** The median of late against the one before: `1.4 times slower`. Says when chance may explain the difference. */
export function changeWords(now: Known, before: Known): string {
  if (now.jobCount === 0 || before.jobCount === 0) return "nothing to compare";
  if (now.jobCount < fewJobs || before.jobCount < fewJobs) return "too few jobs to compare";
  if (before.median.seconds === null || before.median.seconds === 0) return "cannot be compared";
  if (now.median.seconds === null) {
    const least = now.canReachMedian ? now.median.atLeastSeconds : null;
    const ratio = (least ?? 0) / before.median.seconds;
    return ratio > alike ? `at least ${ratioWords(ratio)} slower` : "not known yet";
  }
  if (now.median.seconds === 0) return "cannot be compared";
  const ratio = now.median.seconds / before.median.seconds;
  if (Math.max(ratio, 1 / ratio) < alike) return "about as fast";
  const change = ratio > 1 ? `${ratioWords(ratio)} slower` : `${ratioWords(1 / ratio)} faster`;
  return overlap(now, before) ? `${change} (may be chance)` : change;
}

function ratioWords(ratio: number): string {
  return `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(1)} times`;
}

/** Whether the 95 % intervals of the two medians have a time in common; an end that is not known has no limit. */
function overlap({ median: left }: Known, { median: right }: Known): boolean {
  const ends = (median: Known["median"]) => ({
    lower: median.lowerSeconds ?? 0,
    upper: median.upperSeconds ?? Number.POSITIVE_INFINITY,
  });
  return ends(left).lower <= ends(right).upper && ends(right).lower <= ends(left).upper;
}
