import { formatDuration, formatNumber, formatPercent } from "#components/format.ts";
import type { AxisScaleKind } from "./axis-scale.ts";
import type { ChartCsv } from "./chart-csv.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { emptyCell, type ChartTable } from "./chart-table.ts";

export type ShareBin = { from: number; to: number; count: number; share: number };

/** The bins of a group with the share of its delivered jobs in each. */
export function shareBins({ group }: ChartGroup, kind: AxisScaleKind): ShareBin[] {
  const bins = kind === "log" ? group.histogram.logarithmic : group.histogram.linear;
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.map((bin) => ({ ...bin, share: total === 0 ? 0 : bin.count / total }));
}

export function binName({ from, to }: Pick<ShareBin, "from" | "to">): string {
  return `${formatDuration(from)} – ${formatDuration(to)}`;
}

/** Delivered jobs by turnaround; bins that are empty for every group are left out. */
export function histogramTable(groups: readonly ChartGroup[], kind: AxisScaleKind): ChartTable {
  const binsOf = groups.map((group) => shareBins(group, kind));
  const edges = binsOf[0] ?? [];
  return {
    caption: "Delivered jobs by turnaround",
    columns: [{ label: "Turnaround" }, ...groups.map(({ label }) => ({ label }))],
    rows: edges.flatMap((edge, index) => {
      const bins = binsOf.map((groupBins) => groupBins[index]);
      if (bins.every((bin) => !bin?.count)) return [];
      return {
        key: String(edge.from),
        name: binName(edge),
        cells: bins.map((bin) =>
          bin?.count ? { text: formatNumber(bin.count), remark: formatPercent(bin.share) } : emptyCell,
        ),
      };
    }),
  };
}

export function histogramCsv(groups: readonly ChartGroup[], kind: AxisScaleKind): ChartCsv {
  return {
    header: ["group", "from_seconds", "to_seconds", "delivered_jobs", "share"],
    rows: groups.flatMap((group) =>
      shareBins(group, kind).map(({ from, to, count, share }) => [group.label, from, to, count, share]),
    ),
  };
}
