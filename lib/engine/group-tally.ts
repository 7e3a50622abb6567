import type { TurnaroundFact } from "#lib/db/queries/list-turnarounds.ts";
import { jobSizeOf, jobSizes } from "#lib/domain/job-size.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { Measure, TurnaroundOutcome } from "#lib/domain/turnaround.ts";
import { countValues, type CountedValues } from "#lib/stats/counted-values.ts";

/** Beyond so many distinct turnarounds of a group they are counted by the whole second. */
const exactEndsLimit = 100_000;

/** Number of jobs for each value. */
export type ValueCounts = Map<number, number>;
/** Number of jobs for each number of seconds, by outcome. */
export type EndCounts = Record<TurnaroundOutcome, ValueCounts>;

/** Jobs known to have ended after `earliestSeconds` and by `latestSeconds`. */
export type IntervalEnd = {
  outcome: TurnaroundOutcome;
  earliestSeconds: number;
  latestSeconds: number;
  jobCount: number;
};

/** Jobs with the same outcome and the same turnaround or, while open, age. */
export type CountedEnd = {
  outcome: TurnaroundOutcome;
  /** Null when it is unknown. */
  seconds: number | null;
  /** Less than `seconds` where the end is known to lie between the two; null as `seconds`. */
  earliestSeconds: number | null;
  jobCount: number;
};

/** What is counted of one group while its jobs pass by, whatever they are read from. */
export class GroupTally {
  readonly key: string;
  readonly provider: ProviderId;
  readonly value: string | null;
  readonly jobCounts: Record<TurnaroundOutcome, number> = {
    delivered: 0,
    partial: 0,
    not_delivered: 0,
    cancelled: 0,
    unfinished: 0,
  };
  /** Ends at known moments. */
  ends = emptyEnds();
  /** Ends between two checks. */
  readonly intervalEnds: IntervalEnd[] = [];
  /** In a paired comparison the ends of each wave, intervals by their middle; else empty. */
  readonly endsOfWaves = new Map<number, EndCounts>();
  readonly measured: Record<Measure, ValueCounts> = {
    waiting: new Map(),
    running: new Map(),
    finalizing: new Map(),
    detection_lag: new Map(),
    requests_per_minute: new Map(),
    tokens_per_minute: new Map(),
  };
  #sortedEnds: Record<TurnaroundOutcome, CountedValues> | null = null;
  excludedCount = 0;
  isBySecond = false;
  /** First estimates of the end that are judged, and those whose job ended inside. */
  judgedCount = 0;
  insideCount = 0;
  firstLaunchedSeconds = Number.POSITIVE_INFINITY;
  lastLaunchedSeconds = Number.NEGATIVE_INFINITY;
  readonly launchesByHour: number[] = Array.from({ length: 24 }, () => 0);
  readonly jobsBySize: number[] = jobSizes.map(() => 0);

  constructor(key: string, provider: ProviderId, value: string | null) {
    this.key = key;
    this.provider = provider;
    this.value = value;
  }

  /** Ends at known moments in order of time; sorted once, when all are counted. */
  get sortedEnds(): Record<TurnaroundOutcome, CountedValues> {
    this.#sortedEnds ??= sortEnds(this.ends);
    return this.#sortedEnds;
  }

  get jobCount(): number {
    return Object.values(this.jobCounts).reduce((sum, count) => sum + count, 0);
  }

  get deliveredCount(): number {
    return this.jobCounts.delivered + this.jobCounts.partial;
  }

  get intervalCount(): number {
    return this.intervalEnds.reduce((sum, { jobCount }) => sum + jobCount, 0);
  }

  /** Counts one job; open jobs are as old as the time from their creation to now. */
  add(fact: TurnaroundFact, nowSeconds: number, wave: number | null): void {
    const isOpen = fact.outcome === "unfinished";
    const age = Math.max(0, nowSeconds - fact.createdAtSeconds);
    const end: CountedEnd = isOpen
      ? { outcome: fact.outcome, seconds: age, earliestSeconds: age, jobCount: 1 }
      : { ...fact, jobCount: 1 };
    this.addEnds(end);
    if (wave !== null) this.#addToWave(wave, end);
    this.addLaunches(fact.createdAtSeconds, fact.createdAtSeconds);
    this.addLaunchHour(Math.floor(fact.createdAtSeconds / 3600) % 24, 1);
    this.addSizes(jobSizes.indexOf(jobSizeOf(fact.requestCount)), 1);
    if (!isOpen) this.#addMeasures(fact);
  }

  /** Counts jobs that ended alike; without a duration they stay outside the curves. */
  addEnds({ outcome, seconds, earliestSeconds, jobCount }: CountedEnd): void {
    this.jobCounts[outcome] += jobCount;
    this.#sortedEnds = null;
    if (seconds === null) {
      this.excludedCount += jobCount;
    } else if (earliestSeconds !== null && earliestSeconds < seconds) {
      this.intervalEnds.push({ outcome, earliestSeconds, latestSeconds: seconds, jobCount });
    } else {
      const counts = this.ends[outcome];
      addTo(counts, this.isBySecond ? Math.round(seconds) : seconds, jobCount);
      if (!this.isBySecond && counts.size > exactEndsLimit) this.#roundToSeconds();
    }
  }

  /** Widens the time in which the group's jobs were launched. */
  addLaunches(firstSeconds: number, lastSeconds: number): void {
    this.firstLaunchedSeconds = Math.min(this.firstLaunchedSeconds, firstSeconds);
    this.lastLaunchedSeconds = Math.max(this.lastLaunchedSeconds, lastSeconds);
  }

  addLaunchHour(hour: number, jobCount: number): void {
    this.launchesByHour[hour] = (this.launchesByHour[hour] ?? 0) + jobCount;
  }

  addSizes(sizeIndex: number, jobCount: number): void {
    this.jobsBySize[sizeIndex] = (this.jobsBySize[sizeIndex] ?? 0) + jobCount;
  }

  /** Counts a value as it is; the values must be few. */
  addMeasured(measure: Measure, value: number, jobCount: number): void {
    addTo(this.measured[measure], value, jobCount);
  }

  #addMeasures(fact: TurnaroundFact): void {
    this.#measure("waiting", fact.waitingSeconds);
    this.#measure("running", fact.runningSeconds);
    this.#measure("finalizing", fact.finalizingSeconds);
    this.#measure("detection_lag", fact.detectionLagSeconds);
    if ((fact.outcome !== "delivered" && fact.outcome !== "partial") || !fact.seconds) return;
    const minutes = fact.seconds / 60;
    if (fact.requestCount !== null) this.#measure("requests_per_minute", fact.requestCount / minutes);
    if (fact.totalTokens !== null) this.#measure("tokens_per_minute", fact.totalTokens / minutes);
  }

  /** To four digits, so that what is counted stays small however many jobs there are. */
  #measure(measure: Measure, value: number | null): void {
    if (value !== null && value >= 0) this.addMeasured(measure, Number(value.toPrecision(4)), 1);
  }

  #addToWave(wave: number, { outcome, seconds, earliestSeconds, jobCount }: CountedEnd): void {
    if (seconds === null) return;
    let ends = this.endsOfWaves.get(wave);
    if (!ends) this.endsOfWaves.set(wave, (ends = emptyEnds()));
    addTo(ends[outcome], (seconds + (earliestSeconds ?? seconds)) / 2, jobCount);
  }

  #roundToSeconds(): void {
    const exact = this.ends;
    this.ends = emptyEnds();
    this.isBySecond = true;
    for (const outcome of ["delivered", "partial", "not_delivered", "cancelled", "unfinished"] as const) {
      for (const [seconds, count] of exact[outcome]) addTo(this.ends[outcome], Math.round(seconds), count);
    }
  }
}

/** The counts in order of their times, which the curves would otherwise sort many times slower. */
export function sortEnds(ends: EndCounts): Record<TurnaroundOutcome, CountedValues> {
  return {
    delivered: countValues(ends.delivered),
    partial: countValues(ends.partial),
    not_delivered: countValues(ends.not_delivered),
    cancelled: countValues(ends.cancelled),
    unfinished: countValues(ends.unfinished),
  };
}

function emptyEnds(): EndCounts {
  return {
    delivered: new Map(),
    partial: new Map(),
    not_delivered: new Map(),
    cancelled: new Map(),
    unfinished: new Map(),
  };
}

function addTo(counts: ValueCounts, value: number, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count);
}
