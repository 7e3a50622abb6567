import { formatNumber } from "#components/format.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import type { ChartGroup } from "./chart-groups.ts";
import type { ChartTable } from "./chart-table.ts";

const columns: { label: string; title: string; valueOf: (group: ComparisonGroup) => number }[] = [
  { label: "Jobs", title: "All jobs of this choice", valueOf: (group) => group.jobCount },
  { label: "Delivered", title: "Ended with results", valueOf: (group) => group.deliveredCount },
  {
    label: "Partial",
    title: "Delivered, but not every request succeeded",
    valueOf: (group) => group.partialCount,
  },
  {
    label: "Not delivered",
    title: "Failed, expired or timed out",
    valueOf: (group) => group.notDeliveredCount,
  },
  { label: "Cancelled", title: "Cancelled on demand", valueOf: (group) => group.cancelledCount },
  { label: "Unfinished", title: "Still open", valueOf: (group) => group.unfinishedCount },
];

const leftOut: (typeof columns)[number] = {
  label: "Left out",
  title: "The provider gave no creation time, or no end time and we did not see the end",
  valueOf: (group) => group.excludedCount,
};

/** How many jobs stand behind each curve and what became of them. */
export function countTable(groups: readonly ChartGroup[]): ChartTable {
  const hasLeftOut = groups.some(({ group }) => group.excludedCount > 0);
  const shown = hasLeftOut ? [...columns, leftOut] : columns;
  return {
    caption: "Numbers of jobs by what became of them",
    columns: [{ label: "Group" }, ...shown.map(({ label, title }) => ({ label, title }))],
    rows: groups.map(({ key, label, mark, group }) => ({
      key,
      name: label,
      mark,
      cells: shown.map(({ valueOf }) => {
        const value = valueOf(group);
        return { text: formatNumber(value), isMuted: value === 0 };
      }),
    })),
  };
}
