import type { RunningJob } from "#lib/db/queries/end-estimates.ts";
import type { EstimateBasis } from "#lib/domain/end-estimate.ts";
import { survivalQuantile } from "#lib/stats/quantiles.ts";
import type { SurvivalCurve } from "#lib/stats/survival.ts";
import { basesOf, type EndHistory } from "./end-history.ts";

/** How long almost all jobs of a kind take at most. */
export type SlowLimit = {
  /** Since their creation. */
  seconds: number;
  /** The share of jobs that had ended by then. */
  share: number;
  basis: EstimateBasis;
  /** Ended jobs that this rests on. */
  jobCount: number;
};

/** The further out in the tail, the more jobs must have ended to know it. */
const slowShares = [
  { share: 0.99, leastEnded: 500 },
  { share: 0.95, leastEnded: 50 },
] as const;

type CurveLimit = Pick<SlowLimit, "seconds" | "share">;

/** Curves are shared by all jobs of a kind; walking along one for each of a thousand jobs would take seconds. */
const limits = new WeakMap<SurvivalCurve, CurveLimit | null>();

/**
 * The age from which on a job is slower than almost all jobs like it, from the narrowest history that is large enough:
 * 99 % of at least 500 ended jobs, else 95 % of at least 50. Open jobs count as censored, so that a history in which
 * many are still open does not pretend to know its tail. Null when none is large enough.
 */
export async function findSlowLimit(
  history: EndHistory,
  job: RunningJob,
  now: Date,
): Promise<SlowLimit | null> {
  for (const basis of basesOf(job)) {
    const curve = await history.curveOf(job, basis, now);
    let limit = limits.get(curve);
    if (limit === undefined) limits.set(curve, (limit = limitOf(curve)));
    if (limit) return { ...limit, basis, jobCount: curve.eventCount };
  }
  return null;
}

function limitOf(curve: SurvivalCurve): CurveLimit | null {
  for (const { share, leastEnded } of slowShares) {
    if (curve.eventCount < leastEnded) continue;
    const { valueSeconds } = survivalQuantile(curve, share);
    if (valueSeconds !== null) return { seconds: valueSeconds, share };
  }
  return null;
}
