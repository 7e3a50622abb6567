import { formatDuration, formatNumber, formatQuantity } from "#components/format.ts";
import { isTailOpen } from "#components/charts/curve-geometry.ts";
import type { ComparisonQuantile } from "#lib/domain/comparison-figures.ts";
import type { Comparison, ComparisonGroup } from "#lib/domain/comparison.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

/** What the comparison says about one provider, in one or two plain sentences. */
export function findingOf(group: ComparisonGroup): string {
  const name = providerLabels[group.provider];
  const jobCount = group.jobCount - group.excludedCount;
  if (group.jobCount === 0) return `${name} has no jobs in this choice.`;
  if (jobCount === 0) return `${name} gave no creation or end time for its jobs, so none can be compared.`;
  if (jobCount === 1) return singleJobFinding(group);
  const median = group.quantiles.find((quantile) => quantile.share === 0.5);
  if (median && median.seconds !== null) {
    return `${name} delivered half of its jobs within ${formatDuration(median.seconds)}${intervalText(median)}.`;
  }
  if (!canStillReach(group, 0.5)) {
    return `${name} delivered ${formatNumber(group.deliveredCount)} of ${formatQuantity(jobCount, "job")}; ${formatNumber(group.notDeliveredCount)} ended without delivery, so it has no median.`;
  }
  return `${name} has not delivered half of its jobs: its median is not known yet${atLeastText(median)}.`;
}

function singleJobFinding(group: ComparisonGroup): string {
  const name = providerLabels[group.provider];
  const seconds = group.curve.at(-1)?.seconds ?? null;
  const duration = seconds === null ? null : formatDuration(seconds);
  if (group.deliveredCount === 1) {
    return `${name} delivered its only job${duration ? ` after ${duration}` : ""}. One job says nothing about the spread.`;
  }
  if (group.unfinishedCount === 1) {
    return `${name} has not delivered its only job yet${duration ? `; it is ${duration} old` : ""}.`;
  }
  return `${name} did not deliver its only job.`;
}

/** How many jobs are still open, so that nobody takes the curve for final; null when none is. */
export function unfinishedFinding(group: ComparisonGroup): string | null {
  const jobCount = group.jobCount - group.excludedCount;
  if (group.unfinishedCount === 0 || jobCount <= 1) return null;
  return `${formatNumber(group.unfinishedCount)} of its ${formatQuantity(group.jobCount, "job")} ${group.unfinishedCount === 1 ? "is" : "are"} unfinished.`;
}

/** One sentence on whether the curves differ by more than chance; null when they cannot be compared. */
export function differenceFinding(comparison: Comparison): string | null {
  const test = comparison.logRank;
  if (!test) return null;
  const evidence = `log-rank test, ${formatPValue(test.pValue)}`;
  return test.pValue < 0.05
    ? `The curves differ by more than chance would explain (${evidence}).`
    : `These jobs do not show that the curves differ: chance explains as much (${evidence}).`;
}

/** `p < 0.001`, `p = 0.042`. */
export function formatPValue(pValue: number): string {
  if (pValue < 0.001) return "p < 0.001";
  return `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}

/** A quantile for a table cell: the value, or whether it can still come. */
export function quantileText(quantile: ComparisonQuantile, group: ComparisonGroup): string {
  if (quantile.seconds !== null) return formatDuration(quantile.seconds);
  return canStillReach(group, quantile.share) ? "not known yet" : "never reached";
}

/** What stands below a quantile: its interval, or what is known while it is not reached. */
export function quantileRemark(quantile: ComparisonQuantile, group: ComparisonGroup): string | null {
  if (quantile.seconds !== null) return intervalOf(quantile);
  if (quantile.atLeastSeconds === null || !canStillReach(group, quantile.share)) return null;
  return `at least ${formatDuration(quantile.atLeastSeconds)}`;
}

/** False once so many jobs have ended without delivery that the others no longer suffice for this share. */
function canStillReach(group: ComparisonGroup, share: number): boolean {
  const jobCount = group.jobCount - group.excludedCount;
  const mostDelivered = jobCount - group.notDeliveredCount;
  return isTailOpen(group) && mostDelivered >= share * jobCount;
}

/** `1 min 50 s – 2 min 40 s`; `≥ 1 min 50 s` when the data set no upper limit. Null when they set none at all. */
export function intervalOf({ lowerSeconds, upperSeconds }: ComparisonQuantile): string | null {
  if (upperSeconds === null) return lowerSeconds ? `≥ ${formatDuration(lowerSeconds)}` : null;
  return `${formatDuration(lowerSeconds ?? 0)} – ${formatDuration(upperSeconds)}`;
}

function intervalText({ lowerSeconds, upperSeconds }: ComparisonQuantile): string {
  if (upperSeconds !== null)
    return ` (${formatDuration(lowerSeconds ?? 0)} – ${formatDuration(upperSeconds)})`;
  if (!lowerSeconds) return " (too few jobs for an interval)";
  return ` (at least ${formatDuration(lowerSeconds)}; too few jobs for an upper limit)`;
}

function atLeastText(quantile: ComparisonQuantile | undefined): string {
  const seconds = quantile?.atLeastSeconds ?? null;
  return seconds === null ? "" : `, at least ${formatDuration(seconds)}`;
}
