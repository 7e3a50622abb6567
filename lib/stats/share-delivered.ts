import type { IncidenceCurve, IncidenceStep } from "./cumulative-incidence.ts";
import { wilsonInterval } from "./wilson.ts";

/** The share of all jobs delivered by a time, with its confidence band; shares run from 0 to 1. */
export type ShareDelivered = {
  timeSeconds: number;
  /** Null without jobs, and when no job was watched for so long while some are still open. */
  share: number | null;
  lower: number | null;
  upper: number | null;
  /** The curve's last known share when `share` is null and there are jobs: by then at least so many are delivered. */
  atLeastShare: number | null;
};

/**
 * Share of all jobs delivered within `timeSeconds` of their creation, read from a cumulative incidence curve.
 *
 * While nothing is delivered the curve's band has no width; then the interval is Wilson's for none out of the jobs
 * that were watched for longer or had ended without delivery, so that "0 %" is not said with certainty.
 * `confidence` serves that one case and should be that of the curve. Throws a RangeError for a negative time.
 */
export function shareDeliveredBy(
  curve: IncidenceCurve,
  timeSeconds: number,
  confidence = 0.95,
): ShareDelivered {
  if (!(timeSeconds >= 0)) throw new RangeError(`A time is 0 seconds or more, unlike ${timeSeconds}.`);
  const nothingKnown = { timeSeconds, share: null, lower: null, upper: null, atLeastShare: null };
  const index = indexOfLastStepUpTo(curve.steps, timeSeconds);
  const step = curve.steps[index];
  const last = curve.steps.at(-1);
  if (last === undefined) return nothingKnown;
  if (timeSeconds > last.timeSeconds && last.open > 0)
    return { ...nothingKnown, atLeastShare: last.incidence };
  if (step !== undefined && step.incidence > 0) {
    return { timeSeconds, share: step.incidence, lower: step.lower, upper: step.upper, atLeastShare: null };
  }
  const interval = wilsonInterval(0, watchedWithoutDelivery(curve, index), confidence);
  return {
    timeSeconds,
    share: 0,
    atLeastShare: null,
    lower: 0,
    upper: interval?.upper ?? 1,
  };
}

/** Jobs known not to be delivered by the step of `index`: the ones still open after it and those ended otherwise. */
function watchedWithoutDelivery(curve: IncidenceCurve, index: number): number {
  const earlier = curve.steps.slice(0, index + 1);
  const competing = earlier.reduce((sum, { competing: ended }) => sum + ended, 0);
  return competing + (curve.steps[index + 1]?.atRisk ?? 0);
}

function indexOfLastStepUpTo(steps: readonly IncidenceStep[], timeSeconds: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle]?.timeSeconds ?? Infinity) <= timeSeconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
