import type { ComparisonCurvePoint } from "#lib/domain/comparison-figures.ts";
import type { IncidenceCurve } from "#lib/stats/cumulative-incidence.ts";

const maximumPoints = 600;
const roundSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** The steps of a curve for a chart: from (0, 0) to the greatest known age, thinned evenly to at most about 600 points. */
export function curvePoints(curve: IncidenceCurve, most = maximumPoints): ComparisonCurvePoint[] {
  const steps = thinned(curve.steps, most).map((step) => ({
    seconds: step.timeSeconds,
    share: step.incidence,
    lower: step.lower,
    upper: step.upper,
  }));
  return [{ seconds: 0, share: 0, lower: 0, upper: 0 }, ...steps];
}

/** At most about `limit` values, evenly taken from all; the last is always among them. */
export function thinned<Value>(values: readonly Value[], limit: number): Value[] {
  const stride = Math.max(1, Math.ceil(values.length / limit));
  return values.filter((_value, index) => index % stride === 0 || index === values.length - 1);
}

const roundMoments = [
  1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400, 172_800, 604_800,
  1_209_600,
];
const wideRatio = 30;
const momentsWanted = 6;

/**
 * About six round times from 0 to `lastSeconds`, for the at-risk table: evenly apart, or at equal ratios where the first
 * end came much earlier than the last is known, so that both the quick jobs and the slow ones are seen.
 */
export function roundTimes(firstSeconds: number, lastSeconds: number): number[] {
  if (lastSeconds <= 0) return [0];
  if (lastSeconds / firstSeconds > wideRatio) return [0, ...roundRatios(firstSeconds, lastSeconds)];
  const step =
    roundSteps.find((candidate) => lastSeconds / candidate <= 6) ??
    86_400 * Math.ceil(lastSeconds / 86_400 / 6);
  return Array.from({ length: Math.floor(lastSeconds / step) + 1 }, (_, index) => index * step);
}

function roundRatios(firstSeconds: number, lastSeconds: number): number[] {
  const inside = roundMoments.filter((seconds) => seconds >= firstSeconds && seconds <= lastSeconds);
  const stride = Math.max(1, Math.ceil(inside.length / momentsWanted));
  return inside.filter((_, index) => (inside.length - 1 - index) % stride === 0);
}
