import type { TurnaroundFact } from "#lib/db/queries/list-turnarounds.ts";
import { jobSizeOf, jobSizes } from "#lib/domain/job-size.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { TurnaroundOutcome } from "#lib/domain/turnaround.ts";

export const measures = [
  "waiting",
  "running",
  "finalizing",
  "detectionLag",
  "requestsPerMinute",
  "tokensPerMinute",
] as const;
export type Measure = (typeof measures)[number];

/** Jobs of one group with the same outcome after the same time. */
export type CountedEnd = {
  outcome: TurnaroundOutcome;
  seconds: number;
  /** Less than `seconds` where the end is known to lie between the two. */
  earliestSeconds: number;
  jobCount: number;
  /** The paired wave of the launch; null outside of paired comparisons. */
  wave: number | null;
};

type ValueCounts = Map<number, number>;

/** What is counted of one group while its jobs pass by, whatever they are read from. */
export class GroupTally {
  readonly key: string;
  readonly provider: ProviderId;
  readonly value: string | null;
  readonly ends: CountedEnd[] = [];
  readonly jobCounts: Record<TurnaroundOutcome, number> = {
    delivered: 0,
    partial: 0,
    not_delivered: 0,
    cancelled: 0,
    unfinished: 0,
  };
  readonly measured: Record<Measure, ValueCounts> = {
    waiting: new Map(),
    running: new Map(),
    finalizing: new Map(),
    detectionLag: new Map(),
    requestsPerMinute: new Map(),
    tokensPerMinute: new Map(),
  };
  excludedCount = 0;
  intervalCount = 0;
  firstLaunchedSeconds = Number.POSITIVE_INFINITY;
  lastLaunchedSeconds = Number.NEGATIVE_INFINITY;
  readonly launchesByHour: number[] = Array.from({ length: 24 }, () => 0);
  readonly jobsBySize: number[] = jobSizes.map(() => 0);

  constructor(key: string, provider: ProviderId, value: string | null) {
    this.key = key;
    this.provider = provider;
    this.value = value;
  }

  get jobCount(): number {
    return Object.values(this.jobCounts).reduce((sum, count) => sum + count, 0);
  }

  get deliveredCount(): number {
    return this.jobCounts.delivered + this.jobCounts.partial;
  }

  /** Counts one job; open jobs are as old as the time from their creation to now. */
  add(fact: TurnaroundFact, nowSeconds: number, wave: number | null): void {
    const isOpen = fact.outcome === "unfinished";
    const seconds = isOpen ? Math.max(0, nowSeconds - fact.createdAtSeconds) : fact.seconds;
    this.addEnds({
      outcome: fact.outcome,
      seconds,
      earliestSeconds: isOpen ? seconds : fact.earliestSeconds,
      jobCount: 1,
      wave,
    });
    this.firstLaunchedSeconds = Math.min(this.firstLaunchedSeconds, fact.createdAtSeconds);
    this.lastLaunchedSeconds = Math.max(this.lastLaunchedSeconds, fact.createdAtSeconds);
    this.addLaunches(Math.floor(fact.createdAtSeconds / 3600) % 24, 1);
    this.addSizes(jobSizes.indexOf(jobSizeOf(fact.requestCount)), 1);
    this.measure("waiting", fact.waitingSeconds);
    if (isOpen) return;
    this.measure("running", fact.runningSeconds);
    this.measure("finalizing", fact.finalizingSeconds);
    this.measure("detectionLag", fact.detectionLagSeconds);
    if ((fact.outcome === "delivered" || fact.outcome === "partial") && fact.seconds) {
      const minutes = fact.seconds / 60;
      if (fact.requestCount !== null) this.measure("requestsPerMinute", fact.requestCount / minutes);
      if (fact.totalTokens !== null) this.measure("tokensPerMinute", fact.totalTokens / minutes);
    }
  }

  /** Counts jobs that ended alike; without a duration they stay outside the curves. */
  addEnds(
    ends: Omit<CountedEnd, "seconds" | "earliestSeconds"> & {
      seconds: number | null;
      earliestSeconds: number | null;
    },
  ): void {
    const { outcome, seconds, jobCount } = ends;
    this.jobCounts[outcome] += jobCount;
    if (seconds === null) {
      this.excludedCount += jobCount;
      return;
    }
    const earliestSeconds = ends.earliestSeconds ?? seconds;
    if (earliestSeconds < seconds) this.intervalCount += jobCount;
    this.ends.push({ ...ends, seconds, earliestSeconds });
  }

  addLaunches(hour: number, jobCount: number): void {
    this.launchesByHour[hour] = (this.launchesByHour[hour] ?? 0) + jobCount;
  }

  addSizes(sizeIndex: number, jobCount: number): void {
    this.jobsBySize[sizeIndex] = (this.jobsBySize[sizeIndex] ?? 0) + jobCount;
  }

  measure(measure: Measure, value: number | null, jobCount = 1): void {
    if (value === null || value < 0) return;
    const counts = this.measured[measure];
    counts.set(value, (counts.get(value) ?? 0) + jobCount);
  }
}
