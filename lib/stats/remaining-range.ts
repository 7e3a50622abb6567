import type { SurvivalCurve } from "./survival.ts";

/** When a job of a known age will probably end: bounds of its whole duration, in seconds. */
export type RemainingRange = {
  lowerSeconds: number;
  /** Null when the history does not reach so far: no upper bound is known. */
  upperSeconds: number | null;
  /** Jobs of the history that were open for longer than the age. */
  atRisk: number;
  /** Of these the ones that are known to have ended. */
  eventCount: number;
};

/**
 * Prediction range for the duration of one more job that is open at `ageSeconds`, from a Kaplan–Meier curve of jobs like
 * it: the conditional distribution 1 − S(t) / S(age), cut at both ends.
 *
 * Without censoring the new job falls between the r-th and the s-th of n ordered durations with the probability
 * (s − r) / (n + 1) whatever the distribution, so r and s are the whole numbers nearest to α(n + 1) and (1 − α)(n + 1)
 * with α = (1 − level) / 2; with censoring the same shares r / n and s / n are looked up in the curve.
 *
 * Null when nobody was open for longer. Throws a RangeError for an impossible level or age.
 * Source: Krishnamoorthy & Mathew, Statistical Tolerance Regions, section 8.6 (distribution-free prediction).
 */
export function remainingRange(
  curve: SurvivalCurve,
  ageSeconds: number,
  level: number,
): RemainingRange | null {
  if (!(level > 0 && level < 1)) throw new RangeError(`A level lies between 0 and 1, unlike ${level}.`);
  if (!(ageSeconds >= 0)) throw new RangeError(`An age is 0 seconds or more, unlike ${ageSeconds}.`);
  const start = curve.steps.findIndex((step) => step.timeSeconds > ageSeconds);
  const atRisk = curve.steps[start]?.atRisk ?? 0;
  if (start === -1 || atRisk === 0) return null;
  const survivalAtAge = curve.steps[start - 1]?.survival ?? 1;
  const alpha = (1 - level) / 2;
  const lowerShare = Math.max(1, Math.round(alpha * (atRisk + 1))) / atRisk;
  const upperShare = Math.round((1 - alpha) * (atRisk + 1)) / atRisk;
  let lowerSeconds: number | null = null;
  let upperSeconds: number | null = null;
  let eventCount = 0;
  for (let index = start; index < curve.steps.length; index += 1) {
    const step = curve.steps[index];
    if (step === undefined) break;
    eventCount += step.events;
    const ended = 1 - step.survival / survivalAtAge;
    if (lowerSeconds === null && ended >= lowerShare - shareTolerance) lowerSeconds = step.timeSeconds;
    if (upperSeconds === null && ended >= upperShare - shareTolerance) upperSeconds = step.timeSeconds;
  }
  return { lowerSeconds: lowerSeconds ?? curve.lastSeconds ?? ageSeconds, upperSeconds, atRisk, eventCount };
}

/** Shares closer than this count as equal; they are products of many rounded terms. */
const shareTolerance = 1e-9;
