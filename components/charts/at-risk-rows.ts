import { formatNumber } from "#components/format.ts";
import type { ChartGroup } from "./chart-groups.ts";
import type { ChartTable } from "./chart-table.ts";
import { formatTick } from "./time-scale.ts";

/** How many jobs were still open at a time: where few are left, the curve stands on little. */
export function atRiskTable(groups: readonly ChartGroup[], atRiskSeconds: readonly number[]): ChartTable {
  return {
    caption: "Jobs still open after a time",
    columns: [
      { label: "Still open after" },
      ...atRiskSeconds.map((seconds) => ({ label: seconds === 0 ? "0 s" : formatTick(seconds) })),
    ],
    rows: groups.map(({ key, label, mark, group }) => ({
      key,
      name: label,
      mark,
      cells: atRiskSeconds.map((_, index) => ({ text: formatNumber(group.atRisk[index] ?? null) })),
    })),
  };
}
