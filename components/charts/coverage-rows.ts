import { formatNumber, formatPercent } from "#components/format.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { emptyCell, type ChartTable } from "./chart-table.ts";

/** How many past jobs ended inside the range that was estimated for them. */
export function coverageTable(groups: readonly ChartGroup[]): ChartTable {
  return {
    caption: "How well the estimated ends held",
    columns: [
      { label: "Group" },
      { label: "Meant to hold" },
      { label: "Held", title: "Share of judged jobs that ended inside their range, with a 95 % interval" },
      { label: "Inside" },
      { label: "Judged jobs" },
    ],
    rows: groups.map(({ key, label, mark, group: { estimateCoverage: coverage } }) => ({
      key,
      name: label,
      mark,
      cells: coverage
        ? [
            { text: formatPercent(coverage.level) },
            {
              text: formatPercent(coverage.share),
              remark: `${formatPercent(coverage.lower)} – ${formatPercent(coverage.upper)}`,
            },
            { text: formatNumber(coverage.insideCount) },
            { text: formatNumber(coverage.judgedCount) },
          ]
        : [emptyCell, { ...emptyCell, text: "none judged yet" }, emptyCell, { text: "0", isMuted: true }],
    })),
  };
}
