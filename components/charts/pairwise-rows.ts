import type { Comparison } from "#lib/domain/comparison.ts";
import { formatAmount } from "./amount-scale.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { emptyCell, type ChartTable } from "./chart-table.ts";
import { formatPValue } from "./findings.ts";

/** Every pair of groups that can be compared. */
export function pairwiseTable(groups: readonly ChartGroup[], { pairwise }: Comparison): ChartTable {
  const labelOf = (key: string) => groups.find((group) => group.key === key)?.label ?? key;
  return {
    caption: "Pairs of groups: ratio of medians and log-rank tests",
    columns: [
      { label: "Pair" },
      { label: "Ratio of medians", title: "Median of the second divided by that of the first" },
      { label: "χ²", title: "Log-rank test, one degree of freedom" },
      { label: "p", title: "Of this pair alone" },
      { label: "p, corrected", title: "Holm's correction over all pairs" },
    ],
    rows: pairwise.map(({ keys, medianRatio, chiSquare, pValue, adjustedPValue }) => ({
      key: keys.join(" / "),
      name: `${labelOf(keys[0])} → ${labelOf(keys[1])}`,
      cells: [
        medianRatio === null ? emptyCell : { text: `${formatAmount(medianRatio)} ×` },
        chiSquare === null ? emptyCell : { text: chiSquare.toFixed(2) },
        pValue === null ? emptyCell : { text: formatPValue(pValue).replace(/^p = /, "") },
        adjustedPValue === null ? emptyCell : { text: formatPValue(adjustedPValue).replace(/^p = /, "") },
      ],
    })),
  };
}
