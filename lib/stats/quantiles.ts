import type { IncidenceCurve } from "./cumulative-incidence.ts";
import type { SurvivalCurve } from "./survival.ts";

/** The time by which a share of all jobs has ended or is delivered, in seconds. */
export type QuantileEstimate = {
  /** The share asked for, between 0 and 1: 0.5 for the median. */
  probability: number;
  /** Null when the curve has not reached the share. */
  valueSeconds: number | null;
  /** The largest duration seen, when the curve has not reached the share: the time is at least that. Else null. */
  atLeastSeconds: number | null;
  /** Ends of the confidence interval; null when the band has not reached the share either. */
  lowerSeconds: number | null;
  upperSeconds: number | null;
};

/** A share at each step; read by column, since a quantile looks at every step of a curve several times. */
type Column = (index: number) => number;
type CumulativeCurve = {
  length: number;
  lastSeconds: number | null;
  timeSeconds: Column;
  share: Column;
  lower: Column;
  upper: Column;
};

/** Shares closer than this count as equal; they are sums and products of many rounded terms. */
const shareTolerance = 1e-9;

/**
 * Time by which the share `probability` of the jobs has ended, from a Kaplan–Meier curve, with the interval that
 * inverts its bands (Brookmeyer & Crowley). Probability lies strictly between 0 and 1, else a RangeError.
 *
 * The time is the first one at which the ended share 1 − S(t) is at least the probability. Where the curve runs
 * level at exactly that share before it rises again, it is the middle of the level stretch, as for the median of an
 * even number of values.
 * Source: Klein & Moeschberger, Survival Analysis, 2nd ed., section 4.5.
 */
export function survivalQuantile(curve: SurvivalCurve, probability: number): QuantileEstimate {
  const { steps, lastSeconds } = curve;
  return quantileOf(
    {
      length: steps.length,
      lastSeconds,
      timeSeconds: (index) => existing(steps[index]).timeSeconds,
      share: (index) => 1 - existing(steps[index]).survival,
      lower: (index) => 1 - existing(steps[index]).upper,
      upper: (index) => 1 - existing(steps[index]).lower,
    },
    probability,
  );
}

/**
 * Time by which the share `probability` of all jobs is delivered, from a cumulative incidence curve; the rules are
 * those of `survivalQuantile`. Jobs that end without delivery may keep the curve below the share for good.
 */
export function incidenceQuantile(curve: IncidenceCurve, probability: number): QuantileEstimate {
  const { steps, lastSeconds } = curve;
  return quantileOf(
    {
      length: steps.length,
      lastSeconds,
      timeSeconds: (index) => existing(steps[index]).timeSeconds,
      share: (index) => existing(steps[index]).incidence,
      lower: (index) => existing(steps[index]).lower,
      upper: (index) => existing(steps[index]).upper,
    },
    probability,
  );
}

function quantileOf(curve: CumulativeCurve, probability: number): QuantileEstimate {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`A probability lies strictly between 0 and 1, unlike ${probability}.`);
  }
  const valueSeconds = crossingSeconds(curve, curve.share, probability);
  return {
    probability,
    valueSeconds,
    atLeastSeconds: valueSeconds === null ? curve.lastSeconds : null,
    lowerSeconds: crossingSeconds(curve, curve.upper, probability),
    upperSeconds: crossingSeconds(curve, curve.lower, probability),
  };
}

function crossingSeconds(curve: CumulativeCurve, shareAt: Column, probability: number): number | null {
  for (let index = 0; index < curve.length; index += 1) {
    const share = shareAt(index);
    if (share < probability - shareTolerance) continue;
    if (share > probability + shareTolerance) return curve.timeSeconds(index);
    return (curve.timeSeconds(index) + endOfLevelSeconds(curve, shareAt, index)) / 2;
  }
  return null;
}

/** Where the level stretch from `start` ends in a rise; its own start when it never rises, as its end is unknown. */
function endOfLevelSeconds(curve: CumulativeCurve, shareAt: Column, start: number): number {
  const level = shareAt(start);
  for (let index = start + 1; index < curve.length; index += 1) {
    if (shareAt(index) > level + shareTolerance) return curve.timeSeconds(index);
  }
  return curve.timeSeconds(start);
}

function existing<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError("There is no such step.");
  return value;
}

/**
 * Quantile of finished durations alone, in the unit of the values, by linear interpolation between order statistics
 * (type 7: the value at position 1 + (n − 1) p). Null without values. It describes the finished jobs and says
 * nothing about the open ones; for those take `survivalQuantile` or `incidenceQuantile`.
 *
 * `sortedValues` stands in ascending order; probability lies in [0, 1], else a RangeError.
 * Source: Hyndman & Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996).
 */
export function empiricalQuantile(sortedValues: ArrayLike<number>, probability: number): number | null {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`A probability lies between 0 and 1, unlike ${probability}.`);
  }
  const position = (sortedValues.length - 1) * probability;
  const below = sortedValues[Math.floor(position)];
  const above = sortedValues[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
}
