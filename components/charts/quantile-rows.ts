import { formatDuration, formatPercent } from "#components/format.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { quantilesOf, type ChartQuestion } from "./chart-question.ts";
import type { ChartCsv } from "./chart-csv.ts";
import { emptyCell, type ChartCell, type ChartTable } from "./chart-table.ts";
import { quantileRemark, quantileText } from "./quantile-words.ts";

/** The time by which a share of the jobs is delivered (or ended) with its 95 % interval, and the restricted mean. */
export function quantileTable(
  groups: readonly ChartGroup[],
  question: ChartQuestion,
  horizonSeconds: number | null,
): ChartTable {
  const [first] = groups;
  const shares = first ? quantilesOf(first.group, question).map(({ share }) => share) : [];
  const hasMean = question === "delivered" && horizonSeconds !== null;
  return {
    caption: `Time until a share of the jobs is ${question}, with 95 % intervals`,
    columns: [
      { label: "Group" },
      ...shares.map((share) => ({
        label: `p${Math.round(share * 100)}`,
        title: `${formatPercent(share)} of the jobs are ${question} by then`,
      })),
      ...(hasMean
        ? [
            {
              label: `Mean, up to ${formatDuration(horizonSeconds)}`,
              title: "Restricted mean: a job that is not delivered by then counts with that time",
            },
          ]
        : []),
    ],
    rows: groups.map(({ key, label, mark, group }) => ({
      key,
      name: label,
      mark,
      cells: [
        ...quantilesOf(group, question).map((quantile): ChartCell => {
          const text = quantileText(quantile, group, question);
          return {
            text,
            remark: quantileRemark(quantile, group, question),
            isMuted: quantile.seconds === null,
          };
        }),
        ...(hasMean ? [meanCell(group)] : []),
      ],
    })),
  };
}

/** Without a delivery the mean is the horizon itself, and one time has no spread to tell an interval from. */
function meanCell({ restrictedMean: mean, deliveredCount }: ComparisonGroup): ChartCell {
  if (mean === null || deliveredCount === 0) return emptyCell;
  const { seconds, standardErrorSeconds, lowerSeconds, upperSeconds } = mean;
  return {
    text: formatDuration(seconds),
    remark:
      standardErrorSeconds > 0
        ? `${formatDuration(lowerSeconds)} – ${formatDuration(upperSeconds)}`
        : "too few jobs for an interval",
  };
}

export function quantileCsv(groups: readonly ChartGroup[], question: ChartQuestion): ChartCsv {
  return {
    header: ["group", "quantity", "seconds", "lower_95", "upper_95", "at_least_seconds"],
    rows: groups.flatMap(({ label, group }) => [
      ...quantilesOf(group, question).map(
        ({ share, seconds, lowerSeconds, upperSeconds, atLeastSeconds }) => [
          label,
          `p${Math.round(share * 100)}_${question}`,
          seconds,
          lowerSeconds,
          upperSeconds,
          atLeastSeconds,
        ],
      ),
      ...(group.restrictedMean
        ? [
            [
              label,
              `mean_to_${group.restrictedMean.horizonSeconds}_s`,
              group.restrictedMean.seconds,
              group.restrictedMean.lowerSeconds,
              group.restrictedMean.upperSeconds,
              null,
            ],
          ]
        : []),
    ]),
  };
}
