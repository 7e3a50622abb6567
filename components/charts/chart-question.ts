import type { ComparisonCurvePoint, ComparisonQuantile } from "#lib/domain/comparison-figures.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";

/** The two questions that are kept apart: what share is delivered by a time, and what share has ended in any way. */
export const chartQuestions = ["delivered", "ended"] as const;
export type ChartQuestion = (typeof chartQuestions)[number];

export const questionTitles: Record<ChartQuestion, string> = {
  delivered: "Share of jobs delivered",
  ended: "Share of jobs ended",
};

/** The curve that answers the question: cumulative incidence of delivery, or 1 − Kaplan–Meier of any end. */
export function curveOf(group: ComparisonGroup, question: ChartQuestion): ComparisonCurvePoint[] {
  return question === "delivered" ? group.curve : group.endedCurve;
}

export function quantilesOf(group: ComparisonGroup, question: ChartQuestion): ComparisonQuantile[] {
  return question === "delivered" ? group.quantiles : group.endedQuantiles;
}
