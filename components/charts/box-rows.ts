import { formatDuration, formatNumber } from "#components/format.ts";
import type { BoxFigures, Distribution } from "#lib/domain/comparison-figures.ts";
import { formatAmount } from "./amount-scale.ts";
import type { ChartCsv } from "./chart-csv.ts";
import type { ChartGroup } from "./chart-groups.ts";
import { emptyCell, type ChartTable } from "./chart-table.ts";

/** Boxes of one quantity, a row a group; null where nothing is known. */
export type BoxSection = {
  key: string;
  /** Stands above the rows where there are several sections. */
  title: string | null;
  rows: { chartGroup: ChartGroup; box: BoxFigures | Distribution | null }[];
};

export type BoxUnit = "seconds" | "amount";

export function formatBoxValue(value: number, unit: BoxUnit): string {
  return unit === "seconds" ? formatDuration(value) : formatAmount(value);
}

const columns = [
  { label: "n", valueOf: (box: BoxFigures) => box.count },
  { label: "Least", valueOf: (box: BoxFigures) => box.minimum },
  { label: "Lower quartile", valueOf: (box: BoxFigures) => box.lowerQuartile },
  { label: "Median", valueOf: (box: BoxFigures) => box.median },
  { label: "Upper quartile", valueOf: (box: BoxFigures) => box.upperQuartile },
  { label: "Most", valueOf: (box: BoxFigures) => box.maximum },
  { label: "Outliers", valueOf: (box: BoxFigures) => box.outlierCount },
] as const;

const countColumns = ["n", "Outliers"];

export function boxTable(sections: readonly BoxSection[], caption: string, unit: BoxUnit): ChartTable {
  return {
    caption,
    columns: [
      { label: "Group" },
      ...columns.map(({ label }) => ({ label })),
      { label: "p90" },
      { label: "Mean" },
    ],
    rows: sections.flatMap(({ key, title, rows }) =>
      rows.map(({ chartGroup, box }) => ({
        key: `${key} ${chartGroup.key}`,
        name: title === null ? chartGroup.label : `${chartGroup.label}: ${title}`,
        mark: chartGroup.mark,
        cells: [
          ...columns.map(({ label, valueOf }) => {
            if (!box) return emptyCell;
            const value = valueOf(box);
            return { text: countColumns.includes(label) ? formatNumber(value) : formatBoxValue(value, unit) };
          }),
          ...["ninetiethPercentile" as const, "mean" as const].map((name) =>
            box && name in box ? { text: formatBoxValue((box as Distribution)[name], unit) } : emptyCell,
          ),
        ],
      })),
    ),
  };
}

export function boxCsv(sections: readonly BoxSection[]): ChartCsv {
  return {
    header: [
      "group",
      "quantity",
      "count",
      "minimum",
      "lower_whisker",
      "lower_quartile",
      "median",
      "upper_quartile",
      "upper_whisker",
      "maximum",
      "outliers",
    ],
    rows: sections.flatMap(({ key, rows }) =>
      rows.flatMap(({ chartGroup, box }) =>
        box
          ? [
              [
                chartGroup.label,
                key,
                box.count,
                box.minimum,
                box.lowerWhisker,
                box.lowerQuartile,
                box.median,
                box.upperQuartile,
                box.upperWhisker,
                box.maximum,
                box.outlierCount,
              ],
            ]
          : [],
      ),
    ),
  };
}
