import { formatDuration, formatNumber, formatQuantity } from "#components/format.ts";
import type { ComparisonQuantile, PairwiseComparison } from "#lib/domain/comparison-figures.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { canStillReach, intervalOf } from "./quantile-words.ts";

export type Finding = {
  chartGroup: ChartGroup;
  /** The main sentence, and what has to be known beside it. */
  sentence: string;
  remarks: string[];
};

const fewJobs = 10;

/**
 * What the comparison says about each group, in plain sentences: the fastest first, the others beside it. Claims a
 * difference only where the corrected test between the two supports it.
 */
export function findingsOf(groups: readonly ChartGroup[], comparison: Comparison): Finding[] {
  const ordered = groups.toSorted((left, right) => medianOrder(left) - medianOrder(right));
  const [fastest] = ordered;
  return ordered.map((chartGroup) => ({
    chartGroup,
    sentence: `${mainFinding(chartGroup)}${
      fastest && fastest !== chartGroup ? besideFastest(chartGroup, fastest, comparison.pairwise) : ""
    }.`,
    remarks: [tailRemark(chartGroup), unfinishedRemark(chartGroup), thinRemark(chartGroup)].filter(
      (remark) => remark !== null,
    ),
  }));
}

function medianOf({ group }: ChartGroup): ComparisonQuantile | undefined {
  return group.quantiles.find(({ share }) => share === 0.5);
}

function medianOrder(chartGroup: ChartGroup): number {
  return medianOf(chartGroup)?.seconds ?? Number.POSITIVE_INFINITY;
}

/** One sentence without its full stop. */
function mainFinding(chartGroup: ChartGroup): string {
  const { group, label } = chartGroup;
  const jobCount = group.jobCount - group.excludedCount;
  if (group.jobCount === 0) return `${label} has no jobs in this choice`;
  if (jobCount === 0) return `${label} gave no creation or end time for its jobs, so none can be compared`;
  if (jobCount === 1) return singleJobFinding(chartGroup);
  const median = medianOf(chartGroup);
  if (median && median.seconds !== null) {
    return `${label} delivered half of its jobs within ${formatDuration(median.seconds)}${intervalText(median)}`;
  }
  if (!canStillReach(group, 0.5)) {
    return `${label} delivered ${formatNumber(group.deliveredCount)} of ${formatQuantity(jobCount, "job")}; ${formatNumber(group.notDeliveredCount)} ended without delivery, so it has no median`;
  }
  return `${label} has not delivered half of its jobs: its median is not known yet${atLeastText(median)}`;
}

function singleJobFinding({ group, label }: ChartGroup): string {
  const seconds = group.curve.at(-1)?.seconds ?? null;
  const duration = seconds === null ? null : formatDuration(seconds);
  if (group.deliveredCount === 1) {
    return `${label} delivered its only job${duration ? ` after ${duration}` : ""}. One job says nothing about the spread`;
  }
  if (group.unfinishedCount === 1) {
    return `${label} has not delivered its only job yet${duration ? `; it is ${duration} old` : ""}`;
  }
  return `${label} did not deliver its only job`;
}

/** `, 4.1 times as long as Anthropic; the curves differ by more than chance (p = 0.002)`. */
function besideFastest(
  chartGroup: ChartGroup,
  fastest: ChartGroup,
  pairwise: readonly PairwiseComparison[],
): string {
  const own = medianOf(chartGroup)?.seconds ?? null;
  const least = medianOf(fastest)?.seconds ?? null;
  const ratio =
    own === null || least === null || least <= 0 ? "" : `, ${ratioText(own / least)} ${fastest.label}`;
  const pair = pairwise.find(({ keys }) => keys.includes(chartGroup.key) && keys.includes(fastest.key));
  if (pair?.adjustedPValue == null) return ratio;
  const { adjustedPValue } = pair;
  const beside = ratio === "" ? ` from ${fastest.label}'s` : "";
  return adjustedPValue < 0.05
    ? `${ratio}; its curve differs${beside} by more than chance would explain (${formatPValue(adjustedPValue)})`
    : `${ratio}; chance would explain as much${beside === "" ? "" : ` of a difference${beside}`} (${formatPValue(adjustedPValue)})`;
}

/** `4.1 times as long as`, `about as long as`. */
function ratioText(ratio: number): string {
  if (ratio < 1.05) return "about as long as";
  return `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(1)} times as long as`;
}

/** What is known of the slowest twentieth; null where there is no median to begin with. */
function tailRemark({ group }: ChartGroup): string | null {
  const tail = group.quantiles.find(({ share }) => share === 0.95);
  const hasMedian = group.quantiles.some(({ share, seconds }) => share === 0.5 && seconds !== null);
  if (!tail || !hasMedian || group.jobCount - group.excludedCount <= 1) return null;
  if (tail.seconds !== null) return `Its p95 is ${formatDuration(tail.seconds)}${intervalText(tail)}.`;
  if (canStillReach(group, tail.share)) {
    return tail.atLeastSeconds === null
      ? "Its p95 is not known yet."
      : `Its p95 is not known yet: at least ${formatDuration(tail.atLeastSeconds)}.`;
  }
  return "It will never reach 95 %: too many jobs ended without delivery.";
}

/** How many jobs are still open, so that nobody takes the curve for final. */
function unfinishedRemark({ group }: ChartGroup): string | null {
  const jobCount = group.jobCount - group.excludedCount;
  if (group.unfinishedCount === 0 || jobCount <= 1) return null;
  return `${formatNumber(group.unfinishedCount)} of its ${formatQuantity(group.jobCount, "job")} ${group.unfinishedCount === 1 ? "is" : "are"} unfinished.`;
}

function thinRemark({ group }: ChartGroup): string | null {
  const jobCount = group.jobCount - group.excludedCount;
  return jobCount > 1 && jobCount < fewJobs ? `Only ${jobCount} jobs: take it as a hint.` : null;
}

/** One or two sentences on whether the curves differ by more than chance; null when they cannot be compared. */
export function differenceFinding({ logRank, pairwise }: Comparison): string | null {
  if (!logRank) return null;
  const evidence = `log-rank test, ${formatPValue(logRank.pValue)}`;
  const corrected =
    pairwise.length > 1
      ? ` The p-values of pairs are corrected for ${pairwise.length} comparisons (Holm).`
      : "";
  return logRank.pValue < 0.05
    ? `The curves differ by more than chance would explain (${evidence}).${corrected}`
    : `These jobs do not show that the curves differ: chance explains as much (${evidence}).${corrected}`;
}

/** `p < 0.001`, `p = 0.042`. */
export function formatPValue(pValue: number): string {
  if (pValue < 0.001) return "p < 0.001";
  return `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}

function intervalText(quantile: ComparisonQuantile): string {
  if (quantile.upperSeconds !== null) return ` (${intervalOf(quantile)})`;
  if (!quantile.lowerSeconds) return " (too few jobs for an interval)";
  return ` (at least ${formatDuration(quantile.lowerSeconds)}; too few jobs for an upper limit)`;
}

function atLeastText(quantile: ComparisonQuantile | undefined): string {
  const seconds = quantile?.atLeastSeconds ?? null;
  return seconds === null ? "" : `, at least ${formatDuration(seconds)}`;
}
