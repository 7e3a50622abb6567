import { formatDuration, formatNumber } from "#components/format.ts";
import type { HeatMapCell } from "#lib/domain/comparison-figures.ts";
import type { HeatMaps } from "#lib/domain/comparison.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import type { ChartCsv } from "./chart-csv.ts";
import { weekdayName } from "./chart-groups.ts";
import { emptyCell, type ChartTable } from "./chart-table.ts";

/** `Monday, 14:00–15:00 UTC`. */
export function cellName({ weekday, hour }: Pick<HeatMapCell, "weekday" | "hour">): string {
  return `${weekdayName(weekday)}, ${twoDigits(hour)}:00–${twoDigits(hour + 1)}:00 UTC`;
}

export function twoDigits(hour: number): string {
  return String(hour).padStart(2, "0");
}

/** Hours of the week in which any provider was sent a job, with its median and number of jobs. */
export function heatMapTable(maps: HeatMaps): ChartTable {
  const hours = new Map<number, Pick<HeatMapCell, "weekday" | "hour">>();
  for (const { cells } of maps) for (const cell of cells) hours.set(cell.weekday * 24 + cell.hour, cell);
  return {
    caption: "Median turnaround of delivered jobs by hour and weekday of launch, UTC",
    columns: [{ label: "Launched" }, ...maps.map(({ provider }) => ({ label: providerLabels[provider] }))],
    rows: [...hours]
      .toSorted(([left], [right]) => left - right)
      .map(([key, hour]) => ({
        key: String(key),
        name: cellName(hour),
        cells: maps.map(({ cells }) => {
          const cell = cells.find(({ weekday, hour: at }) => weekday === hour.weekday && at === hour.hour);
          if (!cell) return emptyCell;
          return {
            text: cell.medianSeconds === null ? "none delivered" : formatDuration(cell.medianSeconds),
            remark: `${formatNumber(cell.deliveredCount)} of ${formatNumber(cell.jobCount)}`,
          };
        }),
      })),
  };
}

export function heatMapCsv(maps: HeatMaps): ChartCsv {
  return {
    header: ["provider", "weekday", "hour_utc", "jobs", "delivered", "median_seconds"],
    rows: maps.flatMap(({ provider, cells }) =>
      cells.map(({ weekday, hour, jobCount, deliveredCount, medianSeconds }) => [
        providerLabels[provider],
        weekday,
        hour,
        jobCount,
        deliveredCount,
        medianSeconds,
      ]),
    ),
  };
}
