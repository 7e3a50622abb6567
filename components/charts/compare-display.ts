import type { AxisFocus, AxisScaleKind } from "./axis-scale.ts";
import type { ChartQuestion } from "./chart-question.ts";

/** The charts of the page by their names in the address. */
export const chartIds = ["curve", "histogram", "box", "stages", "week", "throughput", "balance"] as const;
export type ChartId = (typeof chartIds)[number];

export const throughputMeasures = ["requests", "tokens"] as const;
export type ThroughputMeasure = (typeof throughputMeasures)[number];

/** How a comparison is shown; no reading depends on it, and all of it is in the address. */
export type CompareDisplay = {
  question: ChartQuestion;
  /** Time axis of the curves. */
  time: AxisScaleKind;
  /** Time axis of histogram and boxes, with the bins of that kind. */
  bins: AxisScaleKind;
  measure: ThroughputMeasure;
  /** Keys of the groups that are shown; null shows the largest ones. */
  shown: string[] | null;
  /** Charts that are shown as tables. */
  tables: ChartId[];
  focusFrom: number | null;
  focusTo: number | null;
};

/** The stretch of time that all time axes show; null for all of it. */
export function focusOf({ focusFrom, focusTo }: CompareDisplay): AxisFocus | null {
  const from = focusFrom ?? 0;
  return focusTo === null || !(from >= 0 && focusTo > from) ? null : { from, to: focusTo };
}
