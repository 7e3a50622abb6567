import { logLogBand } from "./log-log-band.ts";
import { twoSidedNormalQuantile } from "./normal.ts";
import { leftAtRisk, tallyByTime } from "./tally.ts";
import type { DurationRecord } from "./tally.ts";

/**
 * "delivered": the job ended with answers. "competing": it ended without, so that it can never deliver.
 * "censored": it was still open at this age, or was taken out then.
 */
export type DeliveryOutcome = "delivered" | "competing" | "censored";

/** What is known about one job, or about `count` equal ones. */
export type DeliveryRecord = DurationRecord<DeliveryOutcome>;

/** The curve from `timeSeconds` up to the next step; there is one step for each distinct duration. */
export type IncidenceStep = {
  timeSeconds: number;
  /** Jobs known to be open just before this time. */
  atRisk: number;
  delivered: number;
  competing: number;
  censored: number;
  /** Estimated share of all jobs delivered by this time, 0 to 1. */
  incidence: number;
  /** Estimated share of all jobs still open just after this time, 0 to 1. */
  open: number;
  standardError: number;
  lower: number;
  upper: number;
};

/** An Aalen–Johansen curve. Before the first step incidence is 0. */
export type IncidenceCurve = {
  steps: IncidenceStep[];
  subjectCount: number;
  deliveredCount: number;
  competingCount: number;
  censoredCount: number;
  /** The largest duration seen, whatever its outcome; null without records. */
  lastSeconds: number | null;
};

/** Open share S and incidence F with their estimated covariance. */
type Moments = {
  open: number;
  incidence: number;
  hasCompeting: boolean;
  varOpen: number;
  covariance: number;
  varIncidence: number;
};

const start: Moments = {
  open: 1,
  incidence: 0,
  hasCompeting: false,
  varOpen: 0,
  covariance: 0,
  varIncidence: 0,
};

/**
 * Aalen–Johansen estimate of the share of jobs delivered by t seconds: F(t) = Σ S(tᵢ−) dᵢ / nᵢ over delivery times
 * tᵢ ≤ t, where S is the Kaplan–Meier curve of all ends together. A competing end takes its job out for good.
 *
 * Variance: the Greenwood-type estimator with multinomial increments, by recursion over the times; without
 * competing ends it is Greenwood's. Bands: log-log on 1 − F, so that they then are those of `estimateSurvival`.
 * Ends come before censorings of the same time.
 * Throws a RangeError for an impossible duration, count or confidence.
 * Sources: Klein & Moeschberger, Survival Analysis, 2nd ed., section 4.7; Andersen, Borgan, Gill & Keiding,
 * Statistical Models Based on Counting Processes, section IV.4.1.3.
 */
export function estimateCumulativeIncidence(
  records: Iterable<DeliveryRecord>,
  options: { confidence?: number } = {},
): IncidenceCurve {
  const z = twoSidedNormalQuantile(options.confidence ?? 0.95);
  const { timesSeconds, counts, total } = tallyByTime(records, ["delivered", "competing", "censored"]);
  const steps: IncidenceStep[] = [];
  let moments = start;
  let atRisk = total;
  let deliveredCount = 0;
  let competingCount = 0;
  let band = { lower: 0, upper: 0 };
  timesSeconds.forEach((timeSeconds, index) => {
    const delivered = counts.delivered[index] ?? 0;
    const competing = counts.competing[index] ?? 0;
    const censored = counts.censored[index] ?? 0;
    moments = advance(moments, atRisk, delivered, competing);
    if (delivered > 0) band = incidenceBand(moments, z, band.lower);
    const { incidence, open } = moments;
    const standardError = Math.sqrt(moments.varIncidence);
    steps.push({
      timeSeconds,
      atRisk,
      delivered,
      competing,
      censored,
      incidence,
      open,
      standardError,
      lower: band.lower,
      upper: band.upper,
    });
    deliveredCount += delivered;
    competingCount += competing;
    atRisk = leftAtRisk(atRisk, delivered + competing + censored);
  });
  return {
    steps,
    subjectCount: total,
    deliveredCount,
    competingCount,
    censoredCount: total - deliveredCount - competingCount,
    lastSeconds: timesSeconds.at(-1) ?? null,
  };
}

/** Carries the moments over one time at which `delivered` and `competing` of `atRisk` jobs end (delta method). */
function advance(before: Moments, atRisk: number, delivered: number, competing: number): Moments {
  if (delivered + competing === 0) return before;
  const { varOpen: varBefore, covariance } = before;
  const staying = leftAtRisk(atRisk, delivered + competing) / atRisk;
  const spread = (before.open * before.open) / atRisk;
  const open = before.open * staying;
  const varOpen = staying * staying * varBefore + spread * staying * (1 - staying);
  if (!before.hasCompeting && competing === 0) {
    // While nothing competes F is 1 − S: taken from S it is free of rounding where S comes to 0.
    return {
      open,
      incidence: 1 - open,
      hasCompeting: false,
      varOpen,
      covariance: -varOpen,
      varIncidence: varOpen,
    };
  }
  const hazard = delivered / atRisk;
  const varAdded = hazard * (2 * covariance + hazard * varBefore) + spread * hazard * (1 - hazard);
  return {
    open,
    incidence: before.incidence + before.open * hazard,
    hasCompeting: true,
    varOpen,
    covariance: staying * (covariance + hazard * varBefore) - spread * hazard * staying,
    varIncidence: Math.max(0, before.varIncidence + varAdded),
  };
}

function incidenceBand(moments: Moments, z: number, previousLower: number): { lower: number; upper: number } {
  const complement = 1 - moments.incidence;
  const band = logLogBand(complement, Math.sqrt(moments.varIncidence), z, 1 - previousLower);
  return { lower: 1 - band.upper, upper: 1 - band.lower };
}
