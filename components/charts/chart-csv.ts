import { csvLine, type CsvValue } from "#lib/domain/csv.ts";

/** What a chart draws, for machines: one value a field, seconds and shares unrounded. */
export type ChartCsv = { header: readonly string[]; rows: readonly (readonly CsvValue[])[] };

/** The text of the file, with its header line. */
export function writeChartCsv({ header, rows }: ChartCsv): string {
  return [header, ...rows].map(csvLine).join("");
}
