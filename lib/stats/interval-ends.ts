import { estimateCumulativeIncidence } from "./cumulative-incidence.ts";
import type { DeliveryRecord, IncidenceCurve, IncidenceStep } from "./cumulative-incidence.ts";

/** Jobs known to have ended after `earliestSeconds` and by `latestSeconds`, but not when. */
export type IntervalRecord = {
  earliestSeconds: number;
  latestSeconds: number;
  outcome: "delivered" | "competing";
  count?: number;
};

const iterationLimit = 50;
/** Shares of a job that move less than this from one round to the next have settled. */
const settled = 1e-4;
const vanishing = 1e-6;

/**
 * Cumulative incidence where some ends are known only to lie in an interval. The estimate is self-consistent: each such
 * end is spread over the moments in its interval at which others of its outcome end, and its own latest moment, in
 * proportion to the curve, until the curve stays as it is. The band reaches from the lower band with all these ends as
 * late as possible to the upper band with all as early as possible, so that it holds whenever they really were.
 *
 * Without intervals it is `estimateCumulativeIncidence`. Throws a RangeError for an impossible interval or record.
 * Source: Turnbull, The Empirical Distribution Function with Arbitrarily Grouped, Censored and Truncated Data, Journal
 * of the Royal Statistical Society B 38 (1976).
 */
export function estimateIncidenceOfIntervals(
  records: readonly DeliveryRecord[],
  intervals: readonly IntervalRecord[],
  options: { confidence?: number } = {},
): IncidenceCurve {
  if (intervals.length === 0) return estimateCumulativeIncidence(records, options);
  intervals.forEach(checkInterval);
  const all = (others: readonly DeliveryRecord[]) =>
    estimateCumulativeIncidence([...records, ...others], options);
  return withBandsOf(
    all(spreadSelfConsistently(records, intervals)),
    all(intervals.map((interval) => ({ ...interval, durationSeconds: interval.latestSeconds }))),
    all(intervals.map((interval) => ({ ...interval, durationSeconds: interval.earliestSeconds }))),
  );
}

function checkInterval({ earliestSeconds, latestSeconds }: IntervalRecord): void {
  if (!(earliestSeconds >= 0 && earliestSeconds <= latestSeconds)) {
    throw new RangeError(`An end does not lie between ${earliestSeconds} and ${latestSeconds} seconds.`);
  }
}

/** An interval with the moments it may have ended at and its present shares in them, which add up to 1. */
type Spread = { interval: IntervalRecord; timesSeconds: number[]; shares: number[] };

function spreadSelfConsistently(
  records: readonly DeliveryRecord[],
  intervals: readonly IntervalRecord[],
): DeliveryRecord[] {
  const spreads = intervals.map((interval) =>
    startSpread(interval, candidateTimes(records, intervals, interval)),
  );
  for (let iteration = 0; iteration < iterationLimit; iteration += 1) {
    const curve = estimateCumulativeIncidence([...records, ...spreads.flatMap(placed)]);
    const gains = { delivered: gainsOf(curve, "delivered"), competing: gainsOf(curve, "competing") };
    let largestMove = 0;
    for (const spread of spreads) {
      const gainAt = gains[spread.interval.outcome];
      const shares = normalised(spread.timesSeconds.map((time) => gainAt.get(time) ?? 0));
      shares.forEach((share, index) => {
        largestMove = Math.max(largestMove, Math.abs(share - (spread.shares[index] ?? 0)));
      });
      spread.shares = shares;
    }
    if (largestMove < settled) break;
  }
  return spreads.flatMap(placed);
}

/** Shares that add up to 1; what is vanishing is left out, as it would stand alone at the end of the curve. */
function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kept = weights.map((weight) => (weight < total * vanishing ? 0 : weight));
  const keptTotal = kept.reduce((sum, weight) => sum + weight, 0);
  return kept.map((weight) => weight / keptTotal);
}

/** Moments after the earliest and up to the latest at which an end of this outcome is seen, or an interval of it closes. */
function candidateTimes(
  records: readonly DeliveryRecord[],
  intervals: readonly IntervalRecord[],
  { earliestSeconds, latestSeconds, outcome }: IntervalRecord,
): number[] {
  const isInside = (time: number) => time > earliestSeconds && time <= latestSeconds;
  const seen = records.filter((record) => record.outcome === outcome).map((record) => record.durationSeconds);
  const closing = intervals.filter((other) => other.outcome === outcome).map((other) => other.latestSeconds);
  return [
    ...new Set([...seen, ...closing].filter(isInside)),
    ...(earliestSeconds === latestSeconds ? [latestSeconds] : []),
  ];
}

function startSpread(interval: IntervalRecord, timesSeconds: number[]): Spread {
  return { interval, timesSeconds, shares: timesSeconds.map(() => 1 / timesSeconds.length) };
}

function placed({ interval, timesSeconds, shares }: Spread): DeliveryRecord[] {
  return timesSeconds.map((durationSeconds, index) => ({
    durationSeconds,
    outcome: interval.outcome,
    count: (interval.count ?? 1) * (shares[index] ?? 0),
  }));
}

/** By how much the share that ended so grows at each time of the curve. */
function gainsOf({ steps }: IncidenceCurve, outcome: "delivered" | "competing"): Map<number, number> {
  const gains = new Map<number, number>();
  let openBefore = 1;
  for (const step of steps) {
    if (step[outcome] > 0) gains.set(step.timeSeconds, (openBefore * step[outcome]) / step.atRisk);
    openBefore = step.open;
  }
  return gains;
}

/** The middle curve with a step at every time of the three, its band from the late and the early one. */
function withBandsOf(middle: IncidenceCurve, late: IncidenceCurve, early: IncidenceCurve): IncidenceCurve {
  const times = Float64Array.from(
    new Set([middle, late, early].flatMap(({ steps }) => steps.map((step) => step.timeSeconds))),
  ).sort();
  const readMiddle = reader(middle);
  const readLate = reader(late);
  const readEarly = reader(early);
  const steps = Array.from(times, (timeSeconds): IncidenceStep => {
    const step = readMiddle(timeSeconds);
    return {
      ...step,
      timeSeconds,
      lower: Math.min(step.lower, readLate(timeSeconds).lower),
      upper: Math.max(step.upper, readEarly(timeSeconds).upper),
    };
  });
  return { ...middle, steps };
}

/** Reads a curve at ascending times; between its steps nothing happens, and the next step's jobs are at risk. */
function reader({ steps, subjectCount }: IncidenceCurve): (timeSeconds: number) => IncidenceStep {
  let index = 0;
  let held: IncidenceStep = {
    timeSeconds: 0,
    atRisk: subjectCount,
    delivered: 0,
    competing: 0,
    censored: 0,
    incidence: 0,
    open: 1,
    standardError: 0,
    lower: 0,
    upper: 0,
  };
  return (timeSeconds) => {
    let step = steps[index];
    while (step !== undefined && step.timeSeconds < timeSeconds) {
      held = { ...step, delivered: 0, competing: 0, censored: 0 };
      index += 1;
      step = steps[index];
    }
    if (step?.timeSeconds === timeSeconds) return step;
    return { ...held, atRisk: step?.atRisk ?? 0 };
  };
}
