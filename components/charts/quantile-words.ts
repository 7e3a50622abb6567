import { formatDuration } from "#components/format.ts";
import type { ComparisonQuantile } from "#lib/domain/comparison-figures.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { curveOf, type ChartQuestion } from "./chart-question.ts";
import { isTailOpen } from "./curve-geometry.ts";

/** A quantile for a table cell: the value, or whether it can still come. */
export function quantileText(
  quantile: ComparisonQuantile,
  group: ComparisonGroup,
  question: ChartQuestion,
): string {
  if (quantile.seconds !== null) return formatDuration(quantile.seconds);
  return canStillReach(group, quantile.share, question) ? "not known yet" : "never reached";
}

/** What stands below a quantile: its interval, or what is known while it is not reached. */
export function quantileRemark(
  quantile: ComparisonQuantile,
  group: ComparisonGroup,
  question: ChartQuestion,
): string | null {
  if (quantile.seconds !== null) return intervalOf(quantile);
  if (quantile.atLeastSeconds === null || !canStillReach(group, quantile.share, question)) return null;
  return `at least ${formatDuration(quantile.atLeastSeconds)}`;
}

/** False once so many jobs have ended otherwise that the open ones no longer suffice for this share. */
export function canStillReach(
  group: ComparisonGroup,
  share: number,
  question: ChartQuestion = "delivered",
): boolean {
  if (!isTailOpen({ ...group, curve: curveOf(group, question) })) return false;
  if (question === "ended") return true;
  const jobCount = group.jobCount - group.excludedCount;
  return jobCount - group.notDeliveredCount >= share * jobCount;
}

/** `1 min 50 s – 2 min 40 s`; `≥ 1 min 50 s` when the data set no upper limit. Null when they set none at all. */
export function intervalOf({ lowerSeconds, upperSeconds }: ComparisonQuantile): string | null {
  if (upperSeconds === null) return lowerSeconds ? `≥ ${formatDuration(lowerSeconds)}` : null;
  return `${formatDuration(lowerSeconds ?? 0)} – ${formatDuration(upperSeconds)}`;
}
