import type { LogRank, PairwiseComparison } from "#lib/domain/comparison-figures.ts";
import type { SurvivalRecord } from "#lib/stats/survival.ts";
import { logRankTest, pairwiseLogRankTests, type LogRankGroup } from "#lib/stats/log-rank.ts";
import type { GroupTally } from "./group-tally.ts";

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
  const { chiSquare, degreesOfFreedom, pValue } = logRankTest(groups);
  const pairs = groups.length <= pairedGroupsLimit ? pairwiseLogRankTests(groups) : [];
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

function toLogRankGroup(tally: GroupTally): LogRankGroup {
  return {
    name: tally.key,
    records: tally.ends.map(
      ({ outcome, seconds, earliestSeconds, jobCount, wave }): SurvivalRecord & { stratum: number } => ({
        durationSeconds: (seconds + earliestSeconds) / 2,
        outcome: outcome === "delivered" || outcome === "partial" ? "event" : "censored",
        count: jobCount,
        stratum: wave ?? 0,
      }),
    ),
  };
}

function ratioOf(first: number | null, second: number | null): number | null {
  return first === null || second === null || first <= 0 ? null : second / first;
}
