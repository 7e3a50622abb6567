import { formatDuration, formatPercent } from "#components/format.ts";
import type { RestrictedMean } from "#lib/domain/comparison-figures.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { quantilesOf, type ChartQuestion } from "./chart-question.ts";
import type { ChartCsv } from "./chart-csv.ts";
import { emptyCell, type ChartCell, type ChartTable } from "./chart-table.ts";
import { quantileRemark, quantileText } from "./quantile-words.ts";
import { formatTick } from "./time-scale.ts";

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
              label: `Mean, up to ${formatTick(Math.round(horizonSeconds))}`,
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
        ...(hasMean ? [meanCell(group.restrictedMean)] : []),
      ],
    })),
  };
}

function meanCell(mean: RestrictedMean | null): ChartCell {
  if (mean === null) return emptyCell;
  return {
    text: formatDuration(mean.seconds),
    remark: `${formatDuration(mean.lowerSeconds)} – ${formatDuration(mean.upperSeconds)}`,
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
