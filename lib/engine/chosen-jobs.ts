import { setImmediate } from "node:timers/promises";
import type { AppContext } from "#lib/context.ts";
import { readComparisonChoices, readIsSimulated } from "#lib/db/queries/comparison-choices.ts";
import {
  listTurnarounds,
  type ListOptions,
  type TurnaroundFact,
  type TurnaroundSelection,
} from "#lib/db/queries/list-turnarounds.ts";
import {
  countRolledUp,
  listTurnaroundKinds,
  type TurnaroundKind,
} from "#lib/db/queries/rolled-up-turnarounds.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { GroupTallies } from "./group-tallies.ts";
import { PairedWaves } from "./paired-waves.ts";

/** Up to so many ended jobs their rows are read, with everything exact; above it what is rolled up of them. */
const rowsLimit = 5_000;

type Reading = Pick<AppContext, "db">;

/** Real and simulated jobs are never mixed: the filter or the chosen set decides, else real ones where there are any. */
export async function chooseSelection(context: Reading, filter: ComparisonFilter) {
  const choices = await readComparisonChoices(context.db);
  const ofSet = filter.jobSetId ? await readIsSimulated(context.db, filter.jobSetId) : null;
  const isSimulated = filter.kind === null ? (ofSet ?? !choices.hasRealJobs) : filter.kind === "simulated";
  return { choices, selection: { ...filter, isSimulated } };
}

export type CountedKind = TurnaroundKind & { jobCount: number };

/**
 * The kinds of jobs whose ended ones are to be read from what is rolled up of them: in large histories, unless they are
 * narrowed by what the roll-up does not know (a job set, an origin, a launch time, paired waves). Null for the others.
 */
export async function readRolledUpKinds(
  context: Reading,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
): Promise<CountedKind[] | null> {
  const { jobSetId, origin, launchedFrom, launchedBefore } = filter;
  const isNarrow = [jobSetId, origin, launchedFrom, launchedBefore].some((choice) => choice !== null);
  if (isNarrow || filter.isPaired) return null;
  const kinds = await listTurnaroundKinds(context.db, selection);
  const counts = await countRolledUp(
    context.db,
    kinds.map((kind) => kind.id),
  );
  const endedCount = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (endedCount <= rowsLimit) return null;
  return kinds.map((kind) => ({ ...kind, jobCount: counts.get(kind.id) ?? 0 }));
}

/**
 * Hands over the rows of the chosen jobs one by one, each with its wave where waves are paired, and lets other work in
 * between. Pairing reads the rows twice: first to learn which waves have every group. Resolves with what it left.
 */
export async function eachChosenJob(
  context: Reading,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
  take: (fact: TurnaroundFact, wave: number | null) => void,
  options: ListOptions = {},
): Promise<Comparison["pairing"]> {
  if (!filter.isPaired) {
    await eachFact(context, selection, options, (fact) => take(fact, null));
    return null;
  }
  const groups = new GroupTallies(filter.groupBy);
  const waves = new PairedWaves(filter.waveMinutes);
  await eachFact(context, selection, options, (fact) =>
    waves.note(groups.of(fact).key, fact.createdAtSeconds),
  );
  waves.close();
  let jobCount = 0;
  let leftOutCount = 0;
  await eachFact(context, selection, options, (fact) => {
    const wave = waves.waveOf(fact.createdAtSeconds);
    if (wave === null) {
      leftOutCount += 1;
      return;
    }
    jobCount += 1;
    take(fact, wave);
  });
  return { waveMinutes: filter.waveMinutes, waveCount: waves.pairedCount, jobCount, leftOutCount };
}

async function eachFact(
  context: Reading,
  selection: TurnaroundSelection,
  options: ListOptions,
  take: (fact: TurnaroundFact) => void,
): Promise<void> {
  for await (const page of listTurnarounds(context.db, selection, options)) {
    for (const fact of page) take(fact);
    await setImmediate();
  }
}
