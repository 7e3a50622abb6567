import type { Distribution, DeliveredWithin } from "#lib/domain/comparison-figures.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { estimateLevel, type EstimateCoverage } from "#lib/domain/end-estimate.ts";
import { turnaroundOutcomes, type Measure, type TurnaroundOutcome } from "#lib/domain/turnaround.ts";
import { atRiskTable } from "#lib/stats/at-risk-table.ts";
import { boxFigures } from "#lib/stats/box-figures.ts";
import {
  countedMean,
  countedQuantile,
  countedQuantiles,
  countValues,
  type CountedValues,
} from "#lib/stats/counted-values.ts";
import type { DeliveryRecord, IncidenceCurve } from "#lib/stats/cumulative-incidence.ts";
import { histogram } from "#lib/stats/histogram.ts";
import { estimateIncidenceOfIntervals, type IntervalRecord } from "#lib/stats/interval-ends.ts";
import { incidenceQuantile, type QuantileEstimate } from "#lib/stats/quantiles.ts";
import { restrictedMean } from "#lib/stats/restricted-mean.ts";
import { shareDeliveredBy } from "#lib/stats/share-delivered.ts";
import { wilsonInterval } from "#lib/stats/wilson.ts";
import { curvePoints, thinned } from "./curve-points.ts";
import type { GroupTally, IntervalEnd } from "./group-tally.ts";

const shares = [0.5, 0.75, 0.9, 0.95, 0.99];
const deliveryTimesSeconds = [3600, 6 * 3600, 24 * 3600];
const maximumCensorTicks = 500;

/** What each outcome of a job means for the curve of delivered jobs. */
export const deliveryOutcomes = {
  delivered: "delivered",
  partial: "delivered",
  not_delivered: "competing",
  cancelled: "censored",
  unfinished: "censored",
} as const;

/** A group with its two curves, before it is described in the terms that all groups share. */
export type EstimatedGroup = {
  tally: GroupTally;
  delivered: IncidenceCurve;
  ended: IncidenceCurve;
  /** Turnarounds of the delivered jobs in seconds. */
  turnarounds: CountedValues;
};

/** Terms that must be the same for all groups, so that they can be laid beside each other. */
export type SharedTerms = {
  atRiskSeconds: number[];
  horizonSeconds: number | null;
  linearEdges: number[];
  logarithmicEdges: number[];
};

/** When do jobs end, and what share is delivered by when: the two curves of one group. */
export function estimateGroup(tally: GroupTally): EstimatedGroup {
  const records = deliveryRecords(tally);
  const intervals = tally.intervalEnds.flatMap(toInterval);
  const delivered = estimateIncidenceOfIntervals(records, intervals);
  return {
    tally,
    delivered,
    // Where nothing competes both curves are the same.
    ended:
      delivered.competingCount === 0
        ? delivered
        : estimateIncidenceOfIntervals(records.map(toEnd), intervals.map(toEnd)),
    turnarounds: turnaroundsOf(tally),
  };
}

/** Whatever it ended as. Without competing ends the incidence is 1 minus the Kaplan–Meier curve. */
function toEnd<Kind extends DeliveryRecord | IntervalRecord>(record: Kind): Kind {
  return record.outcome === "competing" ? { ...record, outcome: "delivered" } : record;
}

/** A job that was cancelled between two checks was under observation up to the first of them. */
function deliveryRecords({ sortedEnds, intervalEnds }: GroupTally): DeliveryRecord[] {
  const exact: DeliveryRecord[] = [];
  for (const each of turnaroundOutcomes) {
    const outcome = deliveryOutcomes[each];
    const { values, counts } = sortedEnds[each];
    values.forEach((durationSeconds, index) => {
      exact.push({ durationSeconds, outcome, count: counts[index] ?? 0 });
    });
  }
  const cancelled = intervalEnds.flatMap(({ outcome, earliestSeconds, jobCount }) =>
    deliveryOutcomes[outcome] === "censored"
      ? [{ durationSeconds: earliestSeconds, outcome: "censored" as const, count: jobCount }]
      : [],
  );
  return [...exact, ...cancelled];
}

function toInterval({ outcome, earliestSeconds, latestSeconds, jobCount }: IntervalEnd): IntervalRecord[] {
  const kind = deliveryOutcomes[outcome];
  return kind === "censored" ? [] : [{ earliestSeconds, latestSeconds, outcome: kind, count: jobCount }];
}

/** Turnarounds of delivered jobs; an end between two checks counts as late as it can be. */
function turnaroundsOf({ sortedEnds, ends, intervalEnds }: GroupTally): CountedValues {
  if (ends.partial.size === 0 && intervalEnds.length === 0) return sortedEnds.delivered;
  const counts = new Map(ends.delivered);
  for (const [seconds, count] of ends.partial) counts.set(seconds, (counts.get(seconds) ?? 0) + count);
  for (const { outcome, latestSeconds, jobCount } of intervalEnds) {
    if (deliveryOutcomes[outcome] !== "delivered") continue;
    counts.set(latestSeconds, (counts.get(latestSeconds) ?? 0) + jobCount);
  }
  return countValues(counts);
}

/** Everything that is shown of one group. */
export function describeGroup(
  { tally, delivered, ended, turnarounds }: EstimatedGroup,
  terms: SharedTerms,
): Omit<ComparisonGroup, "settings"> {
  const plain = countedQuantiles(turnarounds, shares);
  return {
    key: tally.key,
    provider: tally.provider,
    value: tally.value,
    ...countsOf(tally),
    curve: curvePoints(delivered),
    endedCurve: curvePoints(ended),
    censoredAtSeconds: censorTicks(tally),
    quantiles: shares.map((share) => toQuantile(share, incidenceQuantile(delivered, share))),
    endedQuantiles: shares.map((share) => toQuantile(share, incidenceQuantile(ended, share))),
    deliveredQuantiles: shares.map((share, index) => ({ share, seconds: plain[index] ?? null })),
    restrictedMean: terms.horizonSeconds === null ? null : restrictedMean(delivered, terms.horizonSeconds),
    deliveredBy: deliveryTimesSeconds.map((withinSeconds) => {
      const { share, lower, upper, atLeastShare } = shareDeliveredBy(delivered, withinSeconds);
      return { withinSeconds, share, lower, upper, atLeastShare };
    }),
    deliveredWithin: deliveryTimesSeconds.map((withinSeconds) => deliveredWithin(tally, withinSeconds)),
    histogram: {
      linear: histogram(turnarounds, terms.linearEdges),
      logarithmic: histogram(turnarounds, terms.logarithmicEdges),
    },
    box: boxFigures(turnarounds),
    stages: {
      waiting: distributionOf(tally, "waiting"),
      running: distributionOf(tally, "running"),
      finalizing: distributionOf(tally, "finalizing"),
      detectionLag: distributionOf(tally, "detection_lag"),
    },
    throughput: {
      requestsPerMinute: distributionOf(tally, "requests_per_minute"),
      tokensPerMinute: distributionOf(tally, "tokens_per_minute"),
    },
    balance: balanceOf(tally),
    estimateCoverage: coverageOf(tally),
    atRisk: atRiskTable(delivered, terms.atRiskSeconds).map((row) => Math.round(row.atRisk)),
  };
}

function countsOf(tally: GroupTally) {
  return {
    jobCount: tally.jobCount,
    deliveredCount: tally.deliveredCount,
    partialCount: tally.jobCounts.partial,
    notDeliveredCount: tally.jobCounts.not_delivered,
    cancelledCount: tally.jobCounts.cancelled,
    unfinishedCount: tally.jobCounts.unfinished,
    excludedCount: tally.excludedCount,
    intervalCount: tally.intervalCount,
  };
}

function balanceOf(tally: GroupTally): ComparisonGroup["balance"] {
  const { not_delivered: notDelivered } = tally.jobCounts;
  const ended = tally.deliveredCount + notDelivered;
  return {
    firstLaunchedAt: dateOf(tally.firstLaunchedSeconds),
    lastLaunchedAt: dateOf(tally.lastLaunchedSeconds),
    launchesByHour: tally.launchesByHour,
    jobsBySize: tally.jobsBySize,
    notDeliveredShare: ended === 0 ? null : notDelivered / ended,
  };
}

function coverageOf({ insideCount, judgedCount }: GroupTally): EstimateCoverage | null {
  const interval = wilsonInterval(insideCount, judgedCount);
  return interval && { level: estimateLevel, judgedCount, insideCount, ...interval };
}

function dateOf(epochSeconds: number): Date | null {
  return Number.isFinite(epochSeconds) ? new Date(epochSeconds * 1000) : null;
}

function censorTicks({ ends }: GroupTally): number[] {
  const ages = Float64Array.from([...ends.unfinished.keys(), ...ends.cancelled.keys()]).sort();
  return thinned([...ages], maximumCensorTicks);
}

/**
 * A plain share among the jobs for which it is decided: delivered, or ended otherwise, or watched for longer. A job
 * that is open and younger, or was cancelled before, could still have made it: it counts on neither side, nor does one
 * that was delivered between two checks before and after.
 */
function deliveredWithin({ ends, intervalEnds }: GroupTally, withinSeconds: number): DeliveredWithin {
  const sum = { delivered: 0, missed: 0, leftOut: 0 };
  for (const outcome of turnaroundOutcomes) {
    for (const [seconds, count] of ends[outcome]) sum[verdict(outcome, seconds, seconds)] += count;
  }
  for (const { outcome, earliestSeconds, latestSeconds, jobCount } of intervalEnds) {
    sum[verdict(outcome, earliestSeconds, latestSeconds)] += jobCount;
  }
  const watchedCount = sum.delivered + sum.missed;
  const interval = wilsonInterval(sum.delivered, watchedCount);
  return {
    withinSeconds,
    deliveredCount: sum.delivered,
    watchedCount,
    leftOutCount: sum.leftOut,
    share: interval?.share ?? null,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
  };

  function verdict(outcome: TurnaroundOutcome, earliestSeconds: number, latestSeconds: number) {
    const kind = deliveryOutcomes[outcome];
    if (kind === "competing") return "missed";
    if (kind === "delivered" && latestSeconds <= withinSeconds) return "delivered";
    return earliestSeconds >= withinSeconds ? "missed" : "leftOut";
  }
}

function distributionOf(tally: GroupTally, measure: Measure): Distribution | null {
  const counted = countValues(tally.measured[measure]);
  const box = boxFigures(counted);
  const mean = countedMean(counted);
  const ninetiethPercentile = countedQuantile(counted, 0.9);
  return box === null || mean === null || ninetiethPercentile === null
    ? null
    : { ...box, mean, ninetiethPercentile };
}

function toQuantile(
  share: number,
  { valueSeconds, lowerSeconds, upperSeconds, atLeastSeconds }: QuantileEstimate,
) {
  return { share, seconds: valueSeconds, lowerSeconds, upperSeconds, atLeastSeconds };
}
