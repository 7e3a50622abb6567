import { formatNumber, formatPercent } from "#components/format.ts";
import type { DeliveredBy, DeliveredWithin } from "#lib/domain/comparison-figures.ts";
import type { ChartCsv } from "./chart-csv.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { emptyCell, type ChartCell, type ChartTable } from "./chart-table.ts";
import { formatTick } from "./time-scale.ts";

/** Share delivered within 1 h, 6 h and 24 h: read from the curve, and counted over the jobs that were watched so long. */
export function withinTable(groups: readonly ChartGroup[]): ChartTable {
  const times = groups[0]?.group.deliveredBy.map(({ withinSeconds }) => withinSeconds) ?? [];
  return {
    caption: "Share of jobs delivered within a time, with 95 % intervals",
    columns: [
      { label: "Group" },
      ...times.map((seconds) => ({
        label: `Within ${formatTick(seconds)}`,
        title: "By the curve, over all jobs",
      })),
      ...times.map((seconds) => ({
        label: `Counted, ${formatTick(seconds)}`,
        title: "Delivered of those that ended or were watched for so long, with Wilson's interval",
      })),
    ],
    rows: groups.map(({ key, label, mark, group }) => ({
      key,
      name: label,
      mark,
      cells: [...group.deliveredBy.map(curveCell), ...group.deliveredWithin.map(countedCell)],
    })),
  };
}

function curveCell({ share, lower, upper, atLeastShare }: DeliveredBy): ChartCell {
  if (share === null) {
    const remark = atLeastShare === null ? null : `at least ${formatPercent(atLeastShare)}`;
    return { text: "not known yet", remark, isMuted: true };
  }
  return { text: formatPercent(share), remark: shareInterval(lower, upper) };
}

function countedCell({ share, lower, upper, deliveredCount, watchedCount }: DeliveredWithin): ChartCell {
  if (share === null) return emptyCell;
  return {
    text: `${formatNumber(deliveredCount)} of ${formatNumber(watchedCount)}`,
    remark: shareInterval(lower, upper),
  };
}

function shareInterval(lower: number | null, upper: number | null): string | null {
  return lower === null || upper === null ? null : `${formatPercent(lower)} – ${formatPercent(upper)}`;
}

export function withinCsv(groups: readonly ChartGroup[]): ChartCsv {
  return {
    header: [
      "group",
      "within_seconds",
      "method",
      "share",
      "lower_95",
      "upper_95",
      "delivered",
      "watched",
      "left_out",
    ],
    rows: groups.flatMap(({ label, group }) => [
      ...group.deliveredBy.map(({ withinSeconds, share, lower, upper }) => [
        label,
        withinSeconds,
        "curve",
        share,
        lower,
        upper,
        null,
        null,
        null,
      ]),
      ...group.deliveredWithin.map((counted) => [
        label,
        counted.withinSeconds,
        "wilson",
        counted.share,
        counted.lower,
        counted.upper,
        counted.deliveredCount,
        counted.watchedCount,
        counted.leftOutCount,
      ]),
    ]),
  };
}
