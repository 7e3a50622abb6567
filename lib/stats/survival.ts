import { logLogBand } from "./log-log-band.ts";
import { twoSidedNormalQuantile } from "./normal.ts";
import { leftAtRisk, tallyByTime } from "./tally.ts";
import type { DurationRecord } from "./tally.ts";

/** "event": the job ended. "censored": it was still open at this age, or was taken out then. */
export type SurvivalOutcome = "event" | "censored";

/** What is known about one job, or about `count` equal ones. */
export type SurvivalRecord = DurationRecord<SurvivalOutcome>;

/** The curve from `timeSeconds` up to the next step; there is one step for each distinct duration. */
export type SurvivalStep = {
  timeSeconds: number;
  /** Jobs known to be open just before this time. */
  atRisk: number;
  events: number;
  censored: number;
  /** Estimated share of jobs still open just after this time, 0 to 1. */
  survival: number;
  /** Greenwood standard error of `survival`. */
  standardError: number;
  lower: number;
  upper: number;
};

/** A Kaplan–Meier curve. Before the first step survival is 1. */
export type SurvivalCurve = {
  steps: SurvivalStep[];
  subjectCount: number;
  eventCount: number;
  censoredCount: number;
  /** The largest duration seen, of an event or a censoring; null without records. */
  lastSeconds: number | null;
};

/**
 * Kaplan–Meier estimate of the share of jobs still open after t seconds: S(t) = Π (1 − dᵢ / nᵢ) over event times
 * tᵢ ≤ t, with Greenwood's variance S² Σ dᵢ / (nᵢ (nᵢ − dᵢ)) and pointwise log-log bands.
 *
 * Events come before censorings of the same time, so a job censored at t is still at risk at t.
 * Throws a RangeError for an impossible duration, count or confidence.
 * Source: Klein & Moeschberger, Survival Analysis, 2nd ed., sections 4.2 and 4.3.
 */
export function estimateSurvival(
  records: Iterable<SurvivalRecord>,
  options: { confidence?: number } = {},
): SurvivalCurve {
  const z = twoSidedNormalQuantile(options.confidence ?? 0.95);
  const { timesSeconds, counts, total } = tallyByTime(records, ["event", "censored"]);
  const steps: SurvivalStep[] = [];
  let atRisk = total;
  let eventCount = 0;
  let survival = 1;
  let greenwoodSum = 0;
  let band = { lower: 1, upper: 1 };
  timesSeconds.forEach((timeSeconds, index) => {
    const events = counts.event[index] ?? 0;
    const censored = counts.censored[index] ?? 0;
    const left = leftAtRisk(atRisk, events);
    if (events > 0) {
      survival = left === 0 ? 0 : survival * (left / atRisk);
      greenwoodSum += left === 0 ? 0 : events / (atRisk * left);
      band = logLogBand(survival, survival * Math.sqrt(greenwoodSum), z, band.upper);
    }
    const standardError = survival * Math.sqrt(greenwoodSum);
    steps.push({ timeSeconds, atRisk, events, censored, survival, standardError, ...band });
    eventCount += events;
    atRisk = leftAtRisk(left, censored);
  });
  return {
    steps,
    subjectCount: total,
    eventCount,
    censoredCount: total - eventCount,
    lastSeconds: timesSeconds.at(-1) ?? null,
  };
}
