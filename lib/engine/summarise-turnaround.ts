import type { CountedTurnarounds } from "#lib/db/queries/count-turnarounds.ts";
import type { TurnaroundSummary } from "#lib/domain/turnaround-summary.ts";
import type { DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { estimateIncidenceOfIntervals, type IntervalRecord } from "#lib/stats/interval-ends.ts";
import { incidenceQuantile } from "#lib/stats/quantiles.ts";
import { curvePoints } from "./curve-points.ts";
import { deliveryOutcomes } from "./describe-group.ts";

/** A small picture shows no more. */
const maximumPoints = 60;

/**
 * How long these jobs take to be delivered: the same curve as in a comparison, open and cancelled jobs counted as
 * censored, failed, expired and timed-out ones as competing.
 */
export function summariseTurnaround(counted: Iterable<CountedTurnarounds>, now: Date): TurnaroundSummary {
  const records: DeliveryRecord[] = [];
  const intervals: IntervalRecord[] = [];
  const counts = { jobCount: 0, deliveredCount: 0, notDeliveredCount: 0, unfinishedCount: 0 };
  let longestCensored = -1;
  for (const { outcome, earliestSeconds, values, jobCounts } of counted) {
    const kind = deliveryOutcomes[outcome];
    values.forEach((value, index) => {
      const count = jobCounts[index] ?? 0;
      if (value === null) return;
      counts.jobCount += count;
      if (kind === "delivered") counts.deliveredCount += count;
      if (kind === "competing") counts.notDeliveredCount += count;
      if (outcome === "unfinished") counts.unfinishedCount += count;
      if (earliestSeconds !== null && kind !== "censored") {
        intervals.push({ earliestSeconds, latestSeconds: value, outcome: kind, count });
        return;
      }
      const age = outcome === "unfinished" ? Math.max(0, now.getTime() / 1000 - value) : value;
      // A job that was cancelled between two checks was under observation up to the first of them.
      const durationSeconds = earliestSeconds ?? age;
      if (kind === "censored") longestCensored = Math.max(longestCensored, durationSeconds);
      records.push({ durationSeconds, outcome: kind, count });
    });
  }
  const delivered = estimateIncidenceOfIntervals(records, intervals);
  const { valueSeconds, ...median } = incidenceQuantile(delivered, 0.5);
  const isTailOpen = longestCensored >= (delivered.lastSeconds ?? 0);
  return {
    ...counts,
    median: {
      share: 0.5,
      seconds: valueSeconds,
      lowerSeconds: median.lowerSeconds,
      upperSeconds: median.upperSeconds,
      atLeastSeconds: median.atLeastSeconds,
    },
    canReachMedian: isTailOpen && counts.jobCount - counts.notDeliveredCount >= counts.jobCount / 2,
    curve: curvePoints(delivered, maximumPoints),
    isTailOpen,
  };
}
