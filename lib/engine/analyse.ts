import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import { readLaneSettings } from "#lib/db/queries/lane-settings.ts";
import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import type { Comparison, ComparisonGroup, LaneSettings } from "#lib/domain/comparison.ts";
import { linearEdges, logarithmicEdges } from "#lib/stats/histogram.ts";
import { incidenceQuantile } from "#lib/stats/quantiles.ts";
import { chooseSelection } from "./chosen-jobs.ts";
import { compareGroups } from "./compare-groups.ts";
import { roundTimes } from "./curve-points.ts";
import { describeGroup, estimateGroup, type EstimatedGroup, type SharedTerms } from "./describe-group.ts";
import type { GroupTally } from "./group-tally.ts";
import { readTurnarounds } from "./read-turnarounds.ts";

/** Three providers in each hour of the day. */
const maximumGroups = 72;
const longestHorizonSeconds = 24 * 3600;

/**
 * How long jobs take to be delivered, by group: cumulative incidence with 95 % bands, failed, expired and timed-out jobs
 * as competing outcomes, open and cancelled jobs as censored; and what else describes them.
 */
export async function compareTurnaround(
  context: Pick<AppContext, "db" | "clock">,
  input: z.input<typeof comparisonFilterSchema>,
): Promise<Comparison> {
  const filter = comparisonFilterSchema.parse(input);
  const { choices, selection } = await chooseSelection(context, filter);
  const { isSimulated } = selection;
  const now = context.clock.now();
  const { tallies, precision, pairing } = await readTurnarounds(context, filter, selection, now);
  const { shown, hiddenGroupCount } = chooseGroups(tallies.sorted());
  const estimated: EstimatedGroup[] = [];
  for (const tally of shown) {
    estimated.push(estimateGroup(tally));
    await setImmediate();
  }
  const terms = sharedTerms(estimated);
  const settingsOf = await readSettings(context, filter.groupBy === "settings" ? shown : []);
  const groups: ComparisonGroup[] = [];
  for (const group of estimated) {
    groups.push({ ...describeGroup(group, terms), settings: settingsOf(group.tally) });
    await setImmediate();
  }
  const medianOf = new Map(
    estimated.map(({ tally, delivered }) => [tally.key, incidenceQuantile(delivered, 0.5).valueSeconds]),
  );
  return {
    isSimulated,
    hasOtherKind: isSimulated ? choices.hasRealJobs : choices.hasSimulatedJobs,
    computedAt: now,
    filter,
    groupBy: filter.groupBy,
    groups,
    hiddenGroupCount,
    precision,
    atRiskSeconds: terms.atRiskSeconds,
    horizonSeconds: terms.horizonSeconds,
    ...compareGroups(shown, medianOf),
    pairing,
    jobSets: choices.jobSets
      .filter((set) => set.isSimulated === isSimulated)
      .map(({ id, name, seed }) => ({ id, name, seed })),
    models: choices.models,
    origins: choices.origins.filter((kind) => kind.isSimulated === isSimulated).map(({ origin }) => origin),
  };
}

/** Finds what the lanes of a group ask for, where groups are told apart by that. */
async function readSettings(
  { db }: Pick<AppContext, "db">,
  tallies: readonly GroupTally[],
): Promise<(tally: GroupTally) => LaneSettings | null> {
  const idOf = ({ value }: GroupTally) => value?.split(" ").at(-1) ?? "";
  const settings = await readLaneSettings(db, tallies.map(idOf));
  return (tally) => settings.get(idOf(tally)) ?? null;
}

/** The groups with the most jobs, in their order. */
function chooseGroups(tallies: GroupTally[]): { shown: GroupTally[]; hiddenGroupCount: number } {
  const largest = new Set(
    tallies.toSorted((left, right) => right.jobCount - left.jobCount).slice(0, maximumGroups),
  );
  return {
    shown: tallies.filter((tally) => largest.has(tally)),
    hiddenGroupCount: tallies.length - largest.size,
  };
}

function sharedTerms(groups: readonly EstimatedGroup[]): SharedTerms {
  const lastSeconds = Math.max(0, ...groups.map(({ delivered }) => delivered.lastSeconds ?? 0));
  const longest = Math.max(0, ...groups.map(({ turnarounds }) => turnarounds.values.at(-1) ?? 0));
  const shortest = Math.min(
    ...groups.map(({ turnarounds }) => turnarounds.values.find((seconds) => seconds > 0) ?? Infinity),
  );
  return {
    atRiskSeconds: roundTimes(shortest, lastSeconds),
    horizonSeconds: commonHorizon(groups),
    linearEdges: linearEdges(longest),
    logarithmicEdges: logarithmicEdges(shortest, longest),
  };
}

/** The longest time up to which every group is known, at most a day: means to different horizons cannot be compared. */
function commonHorizon(groups: readonly EstimatedGroup[]): number | null {
  const known = groups.flatMap(({ delivered }) => {
    const last = delivered.steps.at(-1);
    if (last === undefined) return [];
    return [last.open === 0 ? longestHorizonSeconds : last.timeSeconds];
  });
  const horizonSeconds = Math.min(longestHorizonSeconds, ...known);
  return known.length > 0 && horizonSeconds > 0 ? horizonSeconds : null;
}
