import { chiSquareUpperTail } from "./chi-square.ts";
import { holmAdjusted } from "./holm.ts";
import { solveLinearSystem } from "./linear-system.ts";
import type { SurvivalRecord } from "./survival.ts";
import { tallyByTime } from "./tally.ts";
import type { Tally } from "./tally.ts";

/** A job, or `count` equal ones. Jobs are compared with those of their own stratum only; 0 when left out. */
export type LogRankRecord = SurvivalRecord & { stratum?: number };

/** One group of the comparison, such as the jobs of one provider. */
export type LogRankGroup = { name: string; records: Iterable<LogRankRecord> };

/** The events of one group, and how many it would have had if all groups shared one curve. */
export type LogRankGroupResult = { name: string; subjectCount: number; observed: number; expected: number };

/** χ², degrees of freedom and p are null when there is nothing to compare: fewer than two groups with events due. */
export type LogRankResult = {
  chiSquare: number | null;
  degreesOfFreedom: number | null;
  pValue: number | null;
  groups: LogRankGroupResult[];
};

/** The comparison of two groups; `adjustedPValue` is Holm's over all pairs that could be compared. */
export type PairwiseLogRank = {
  names: [string, string];
  chiSquare: number | null;
  pValue: number | null;
  adjustedPValue: number | null;
};

/**
 * Log-rank test of the hypothesis that all groups have one survival curve.
 *
 * At each event time group j of n has the expectation d nⱼ / n and the covariance
 * d (n − d) / (n − 1) · nⱼ / n · (δⱼₗ − nₗ / n) with the hypergeometric correction for ties; χ² = (O − E)ᵀ V⁻¹ (O − E)
 * over all groups with an expectation but one. A group without expected events drops out of the degrees of freedom.
 * With strata, the O − E and V of each are added up before χ² is taken.
 * With competing ends taken as censored it compares how fast jobs are delivered while open, not the shares delivered.
 * Throws a RangeError for an impossible duration or count.
 * Source: Klein & Moeschberger, Survival Analysis, 2nd ed., section 7.3.
 */
export function logRankTest(groups: readonly LogRankGroup[]): LogRankResult {
  return compareTallies(groups.map(tallyGroup));
}

/** The test of all groups together, and of every pair of them, in the order of the groups, with Holm's correction. */
export function logRankTests(groups: readonly LogRankGroup[]): {
  overall: LogRankResult;
  pairs: PairwiseLogRank[];
} {
  const tallied = groups.map(tallyGroup);
  return { overall: compareTallies(tallied), pairs: comparePairs(tallied) };
}

function comparePairs(tallied: readonly TalliedGroup[]): PairwiseLogRank[] {
  const pairs = tallied.flatMap((first, index) =>
    tallied.slice(index + 1).map((second) => ({ first, second, ...compareTallies([first, second]) })),
  );
  const adjusted = holmAdjusted(pairs.map((pair) => pair.pValue));
  return pairs.map(({ first, second, chiSquare, pValue }, index) => ({
    names: [first.name, second.name],
    chiSquare,
    pValue,
    adjustedPValue: adjusted[index] ?? null,
  }));
}

type GroupTally = Tally<"event" | "censored">;
type TalliedGroup = { name: string; subjectCount: number; strata: Map<number, GroupTally> };

const emptyTally: GroupTally = {
  timesSeconds: new Float64Array(),
  counts: { event: new Float64Array(), censored: new Float64Array() },
  total: 0,
};

function tallyGroup({ name, records }: LogRankGroup): TalliedGroup {
  const all = [...records];
  const strata = new Map<number, GroupTally>();
  const first = all[0]?.stratum ?? 0;
  const byStratum = all.every(({ stratum = 0 }) => stratum === first)
    ? [[first, all] as const]
    : Map.groupBy(all, ({ stratum = 0 }) => stratum);
  for (const [stratum, members] of byStratum)
    strata.set(stratum, tallyByTime(members, ["event", "censored"]));
  const subjectCount = [...strata.values()].reduce((sum, { total }) => sum + total, 0);
  return { name, subjectCount, strata };
}

function compareTallies(groups: readonly TalliedGroup[]): LogRankResult {
  const sums = new LogRankSums(groups.length);
  for (const stratum of new Set(groups.flatMap(({ strata }) => [...strata.keys()]))) {
    const tallies = groups.map(({ strata }) => strata.get(stratum) ?? emptyTally);
    for (const moment of eventMoments(tallies)) sums.add(moment);
  }
  const results = groups.map(({ name, subjectCount }, group) => ({
    name,
    subjectCount,
    observed: sums.observed[group] ?? 0,
    expected: sums.expected[group] ?? 0,
  }));
  const compared = results.flatMap(({ expected }, group) => (expected > 0 ? [group] : [])).slice(1);
  const chiSquare = compared.length === 0 ? null : sums.quadraticForm(compared);
  if (chiSquare === null) return { chiSquare, degreesOfFreedom: null, pValue: null, groups: results };
  const degreesOfFreedom = compared.length;
  return {
    chiSquare,
    degreesOfFreedom,
    pValue: chiSquareUpperTail(chiSquare, degreesOfFreedom),
    groups: results,
  };
}

/** One event time: how many of each group are at risk and how many end. Reused from time to time. */
type EventMoment = { atRisk: Float64Array; events: Float64Array };

/** Walks all groups together in order of time and yields where at least one event happens. */
function* eventMoments(groups: readonly GroupTally[]): Generator<EventMoment> {
  const next = new Int32Array(groups.length);
  const atRisk = Float64Array.from(groups, (tally) => tally.total);
  const events = new Float64Array(groups.length);
  const leaving = new Float64Array(groups.length);
  for (;;) {
    let timeSeconds = Infinity;
    for (let group = 0; group < groups.length; group += 1) {
      timeSeconds = Math.min(timeSeconds, groups[group]?.timesSeconds[next[group] ?? 0] ?? Infinity);
    }
    if (timeSeconds === Infinity) return;
    let hasEvent = false;
    for (let group = 0; group < groups.length; group += 1) {
      const tally = groups[group];
      const index = next[group] ?? 0;
      const isHere = tally?.timesSeconds[index] === timeSeconds;
      const ended = isHere ? (tally.counts.event[index] ?? 0) : 0;
      events[group] = ended;
      leaving[group] = isHere ? ended + (tally.counts.censored[index] ?? 0) : 0;
      if (isHere) next[group] = index + 1;
      if (ended > 0) hasEvent = true;
    }
    if (hasEvent) yield { atRisk, events };
    for (let group = 0; group < groups.length; group += 1) {
      atRisk[group] = (atRisk[group] ?? 0) - (leaving[group] ?? 0);
    }
  }
}

/** Observed and expected events and their covariance, summed over the event times. */
class LogRankSums {
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly covariance: Float64Array[];

  constructor(groupCount: number) {
    this.observed = new Float64Array(groupCount);
    this.expected = new Float64Array(groupCount);
    this.covariance = Array.from({ length: groupCount }, () => new Float64Array(groupCount));
  }

  add({ atRisk, events }: EventMoment): void {
    const allAtRisk = sumOf(atRisk);
    const allEvents = sumOf(events);
    const scale = allAtRisk > 1 ? (allEvents * (allAtRisk - allEvents)) / (allAtRisk - 1) : 0;
    for (let group = 0; group < atRisk.length; group += 1) {
      const share = (atRisk[group] ?? 0) / allAtRisk;
      this.observed[group] = (this.observed[group] ?? 0) + (events[group] ?? 0);
      this.expected[group] = (this.expected[group] ?? 0) + allEvents * share;
      const row = this.covariance[group];
      if (!row) continue;
      for (let other = 0; other < atRisk.length; other += 1) {
        const otherShare = (atRisk[other] ?? 0) / allAtRisk;
        row[other] = (row[other] ?? 0) + scale * share * ((group === other ? 1 : 0) - otherShare);
      }
    }
  }

  /** χ² over the chosen groups, or null when their covariance has no inverse. */
  quadraticForm(groups: readonly number[]): number | null {
    const differences = groups.map((group) => (this.observed[group] ?? 0) - (this.expected[group] ?? 0));
    const matrix = groups.map((group) => groups.map((other) => this.covariance[group]?.[other] ?? 0));
    const solution = solveLinearSystem(matrix, differences);
    if (solution === null) return null;
    const sum = solution.reduce((total, value, index) => total + value * (differences[index] ?? 0), 0);
    return Math.max(0, sum);
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
