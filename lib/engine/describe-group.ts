import type { Distribution, DeliveredWithin } from "#lib/domain/comparison-figures.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import type { EstimateCoverage } from "#lib/domain/end-estimate.ts";
import { atRiskTable } from "#lib/stats/at-risk-table.ts";
import { boxFigures } from "#lib/stats/box-figures.ts";
import {
  countedMean,
  countedQuantile,
  countedQuantiles,
  countValues,
  type CountedValues,
} from "#lib/stats/counted-values.ts";
import { estimateCumulativeIncidence, type IncidenceCurve } from "#lib/stats/cumulative-incidence.ts";
import { histogram } from "#lib/stats/histogram.ts";
import { incidenceQuantile, survivalQuantile, type QuantileEstimate } from "#lib/stats/quantiles.ts";
import { restrictedMean } from "#lib/stats/restricted-mean.ts";
import { shareDeliveredBy } from "#lib/stats/share-delivered.ts";
import { estimateSurvival, type SurvivalCurve } from "#lib/stats/survival.ts";
import { wilsonInterval } from "#lib/stats/wilson.ts";
import { endedCurvePoints, curvePoints, thinned } from "./curve-points.ts";
import type { CountedEnd, GroupTally, Measure } from "./group-tally.ts";

const shares = [0.5, 0.75, 0.9, 0.95, 0.99];
const deliveryTimesSeconds = [3600, 6 * 3600, 24 * 3600];
const maximumCensorTicks = 500;

const deliveryOutcomes = {
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
  ended: SurvivalCurve;
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
  return {
    tally,
    delivered: estimateCumulativeIncidence(
      tally.ends.map(({ outcome, seconds, jobCount }) => ({
        durationSeconds: seconds,
        outcome: deliveryOutcomes[outcome],
        count: jobCount,
      })),
    ),
    ended: estimateSurvival(
      tally.ends.map(({ outcome, seconds, jobCount }) => ({
        durationSeconds: seconds,
        outcome: deliveryOutcomes[outcome] === "censored" ? "censored" : "event",
        count: jobCount,
      })),
    ),
    turnarounds: countValues(
      tally.ends.filter(isDelivered).map(({ seconds, jobCount }) => ({ value: seconds, count: jobCount })),
    ),
  };
}

/** Everything that is shown of one group. */
export function describeGroup(
  { tally, delivered, ended, turnarounds }: EstimatedGroup,
  terms: SharedTerms,
  estimateCoverage: EstimateCoverage | null,
): ComparisonGroup {
  const plain = countedQuantiles(turnarounds, shares);
  return {
    key: tally.key,
    provider: tally.provider,
    value: tally.value,
    ...countsOf(tally),
    curve: curvePoints(delivered),
    endedCurve: endedCurvePoints(ended),
    censoredAtSeconds: censorTicks(tally.ends),
    quantiles: shares.map((share) => toQuantile(share, incidenceQuantile(delivered, share))),
    endedQuantiles: shares.map((share) => toQuantile(share, survivalQuantile(ended, share))),
    deliveredQuantiles: shares.map((share, index) => ({ share, seconds: plain[index] ?? null })),
    restrictedMean: terms.horizonSeconds === null ? null : restrictedMean(delivered, terms.horizonSeconds),
    deliveredBy: deliveryTimesSeconds.map((withinSeconds) => {
      const { share, lower, upper, atLeastShare } = shareDeliveredBy(delivered, withinSeconds);
      return { withinSeconds, share, lower, upper, atLeastShare };
    }),
    deliveredWithin: deliveryTimesSeconds.map((withinSeconds) => deliveredWithin(tally.ends, withinSeconds)),
    histogram: {
      linear: histogram(turnarounds, terms.linearEdges),
      logarithmic: histogram(turnarounds, terms.logarithmicEdges),
    },
    box: boxFigures(turnarounds),
    stages: {
      waiting: distributionOf(tally, "waiting"),
      running: distributionOf(tally, "running"),
      finalizing: distributionOf(tally, "finalizing"),
      detectionLag: distributionOf(tally, "detectionLag"),
    },
    throughput: {
      requestsPerMinute: distributionOf(tally, "requestsPerMinute"),
      tokensPerMinute: distributionOf(tally, "tokensPerMinute"),
    },
    balance: balanceOf(tally),
    estimateCoverage,
    atRisk: atRiskTable(delivered, terms.atRiskSeconds).map((row) => row.atRisk),
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

function dateOf(epochSeconds: number): Date | null {
  return Number.isFinite(epochSeconds) ? new Date(epochSeconds * 1000) : null;
}

function isDelivered({ outcome }: CountedEnd): boolean {
  return outcome === "delivered" || outcome === "partial";
}

function censorTicks(ends: readonly CountedEnd[]): number[] {
  const ages = ends.flatMap(({ outcome, seconds }) =>
    outcome === "unfinished" || outcome === "cancelled" ? [seconds] : [],
  );
  return thinned(
    ages.toSorted((left, right) => left - right),
    maximumCensorTicks,
  );
}

/**
 * A plain share among the jobs for which it is decided: delivered, or ended otherwise, or watched for longer. A job
 * that is open and younger, or was cancelled before, could still have made it: it counts on neither side.
 */
function deliveredWithin(ends: readonly CountedEnd[], withinSeconds: number): DeliveredWithin {
  let deliveredCount = 0;
  let watchedCount = 0;
  let leftOutCount = 0;
  for (const end of ends) {
    const isDecided = deliveryOutcomes[end.outcome] !== "censored" || end.seconds >= withinSeconds;
    if (!isDecided) leftOutCount += end.jobCount;
    else watchedCount += end.jobCount;
    if (isDelivered(end) && end.seconds <= withinSeconds) deliveredCount += end.jobCount;
  }
  const interval = wilsonInterval(deliveredCount, watchedCount);
  return {
    withinSeconds,
    deliveredCount,
    watchedCount,
    leftOutCount,
    share: interval?.share ?? null,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
  };
}

function distributionOf(tally: GroupTally, measure: Measure): Distribution | null {
  const counted = countValues([...tally.measured[measure]].map(([value, count]) => ({ value, count })));
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
