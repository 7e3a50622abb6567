import type { LogRank, PairwiseComparison } from "#lib/domain/comparison-figures.ts";
import { turnaroundOutcomes, type TurnaroundOutcome } from "#lib/domain/turnaround.ts";
import { logRankTest, logRankTests, type LogRankGroup, type LogRankRecord } from "#lib/stats/log-rank.ts";
import type { SurvivalOutcome } from "#lib/stats/survival.ts";
import { sortEnds, type GroupTally } from "./group-tally.ts";

/** More groups would make so many pairs that nobody reads them. */
const pairedGroupsLimit = 12;

/**
 * Whether the groups differ in how fast they deliver: all at once and pair by pair. An end between two checks counts
 * in the middle of them. Paired jobs are compared with those of their own wave only.
 */
export function compareGroups(
  tallies: readonly GroupTally[],
  medianOf: ReadonlyMap<string, number | null>,
): { logRank: LogRank | null; pairwise: PairwiseComparison[] } {
  const groups = tallies.filter((tally) => tally.deliveredCount > 0).map(toLogRankGroup);
  if (groups.length < 2) return { logRank: null, pairwise: [] };
  const { overall, pairs } =
    groups.length <= pairedGroupsLimit ? logRankTests(groups) : { overall: logRankTest(groups), pairs: [] };
  const { chiSquare, degreesOfFreedom, pValue } = overall;
  return {
    logRank:
      chiSquare === null || degreesOfFreedom === null || pValue === null
        ? null
        : { chiSquare, degreesOfFreedom, pValue },
    pairwise: pairs.map(({ names, ...test }) => ({
      keys: names,
      medianRatio: ratioOf(medianOf.get(names[0]) ?? null, medianOf.get(names[1]) ?? null),
      chiSquare: test.chiSquare,
      pValue: test.pValue,
      adjustedPValue: test.adjustedPValue,
    })),
  };
}

function toLogRankGroup({ key, sortedEnds, intervalEnds, endsOfWaves }: GroupTally): LogRankGroup {
  if (endsOfWaves.size > 0) {
    return {
      name: key,
      records: [...endsOfWaves].flatMap(([wave, ends]) => recordsOf(sortEnds(ends), wave)),
    };
  }
  const inIntervals = intervalEnds.map(({ outcome, earliestSeconds, latestSeconds, jobCount }) => ({
    durationSeconds: (earliestSeconds + latestSeconds) / 2,
    outcome: survivalOutcomeOf(outcome),
    count: jobCount,
  }));
  return { name: key, records: [...recordsOf(sortedEnds), ...inIntervals] };
}

function recordsOf(ends: GroupTally["sortedEnds"], stratum = 0): LogRankRecord[] {
  const records: LogRankRecord[] = [];
  for (const each of turnaroundOutcomes) {
    const outcome = survivalOutcomeOf(each);
    const { values, counts } = ends[each];
    values.forEach((durationSeconds, index) => {
      records.push({ durationSeconds, outcome, count: counts[index] ?? 0, stratum });
    });
  }
  return records;
}

function survivalOutcomeOf(outcome: TurnaroundOutcome): SurvivalOutcome {
  return outcome === "delivered" || outcome === "partial" ? "event" : "censored";
}

function ratioOf(first: number | null, second: number | null): number | null {
  return first === null || second === null || first <= 0 ? null : second / first;
}
