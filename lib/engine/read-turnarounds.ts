import type { AppContext } from "#lib/context.ts";
import { countJudgedEstimates } from "#lib/db/queries/end-estimates.ts";
import { countUntimed, type TurnaroundSelection } from "#lib/db/queries/list-turnarounds.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { eachChosenJob, readRolledUpKinds } from "./chosen-jobs.ts";
import { GroupTallies } from "./group-tallies.ts";
import { addRolledUp } from "./roll-up.ts";

/** The chosen jobs, counted by group. */
export type Turnarounds = {
  tallies: GroupTallies;
  precision: Comparison["precision"];
  pairing: Comparison["pairing"];
};

/** Counts the chosen jobs by group, without holding up other work for long. */
export async function readTurnarounds(
  context: Pick<AppContext, "db">,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
  now: Date,
): Promise<Turnarounds> {
  const read = await countJobs(context, filter, selection, now);
  // Estimates know neither the hour of the launch nor the lane.
  if (filter.groupBy === "hour" || filter.groupBy === "weekday" || filter.groupBy === "settings") return read;
  for (const judged of await countJudgedEstimates(context.db, selection, now)) {
    const tally = read.tallies.find({ ...judged, settingsId: null, createdAtSeconds: null });
    if (!tally) continue;
    tally.judgedCount += judged.judgedCount;
    tally.insideCount += judged.insideCount;
  }
  return read;
}

async function countJobs(
  context: Pick<AppContext, "db">,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
  now: Date,
): Promise<Turnarounds> {
  const { groupBy } = filter;
  const tallies = new GroupTallies(groupBy);
  const nowSeconds = now.getTime() / 1000;
  // What is rolled up knows no lane.
  const kinds = groupBy === "settings" ? null : await readRolledUpKinds(context, filter, selection);
  const precision =
    kinds && groupBy !== "settings" ? await addRolledUp(context.db, kinds, groupBy, tallies) : "exact";
  const pairing = await eachChosenJob(
    context,
    filter,
    selection,
    (fact, wave) => tallies.of(fact).add(fact, nowSeconds, wave),
    kinds ? { only: "unfinished" } : { withSettings: groupBy === "settings" },
  );
  if (kinds || filter.isPaired) return { tallies, precision, pairing };
  for (const { jobCount, outcome, ...job } of await countUntimed(context.db, selection)) {
    const tally = tallies.of({ ...job, createdAtSeconds: null });
    tally.addEnds({ outcome, jobCount, seconds: null, earliestSeconds: null });
  }
  const isBySecond = tallies.sorted().some((tally) => tally.isBySecond);
  return { tallies, precision: isBySecond ? "second" : precision, pairing };
}
