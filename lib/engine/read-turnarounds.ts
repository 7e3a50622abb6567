import { setImmediate } from "node:timers/promises";
import type { AppContext } from "#lib/context.ts";
import { countJudgedEstimates } from "#lib/db/queries/end-estimates.ts";
import {
  countUntimed,
  listTurnarounds,
  type ListOptions,
  type TurnaroundFact,
  type TurnaroundSelection,
} from "#lib/db/queries/list-turnarounds.ts";
import { countRolledUp, listTurnaroundKinds } from "#lib/db/queries/rolled-up-turnarounds.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { GroupTallies } from "./group-tallies.ts";
import { HeatMapTally } from "./heat-map.ts";
import { PairedWaves } from "./paired-waves.ts";
import { addRolledUp } from "./roll-up.ts";

/** Up to so many ended jobs their rows are read, with everything exact; above it what is rolled up of them. */
const rowsLimit = 5_000;

/** The chosen jobs, counted by group. */
export type Turnarounds = {
  tallies: GroupTallies;
  heatMap: HeatMapTally;
  precision: Comparison["precision"];
  pairing: Comparison["pairing"];
};

/**
 * Counts the chosen jobs by group, without holding up other work for long. Large histories come from what is rolled up
 * of them, unless they are narrowed by what the roll-up does not know: a job set, an origin, a launch time, paired
 * waves.
 */
export async function readTurnarounds(
  context: Pick<AppContext, "db">,
  filter: ComparisonFilter,
  isSimulated: boolean,
  now: Date,
): Promise<Turnarounds> {
  const selection = { ...filter, isSimulated };
  const read = filter.isPaired
    ? await readPaired(context, filter, selection, now)
    : await readUnpaired(context, filter, selection, now);
  // Estimates do not know the hour of the launch.
  if (filter.groupBy === "hour" || filter.groupBy === "weekday") return read;
  for (const judged of await countJudgedEstimates(context.db, selection, now)) {
    const tally = read.tallies.find({ ...judged, createdAtSeconds: null });
    if (!tally) continue;
    tally.judgedCount += judged.judgedCount;
    tally.insideCount += judged.insideCount;
  }
  return read;
}

async function readUnpaired(
  context: Pick<AppContext, "db">,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
  now: Date,
): Promise<Turnarounds> {
  const { jobSetId, origin, launchedFrom, launchedBefore } = filter;
  const isNarrow = [jobSetId, origin, launchedFrom, launchedBefore].some((choice) => choice !== null);
  if (!isNarrow) {
    const kinds = await listTurnaroundKinds(context.db, selection);
    const counts = await countRolledUp(
      context.db,
      kinds.map((kind) => kind.id),
    );
    const endedCount = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (endedCount > rowsLimit) {
      const read = emptyTurnarounds(filter);
      const counted = kinds.map((kind) => ({ ...kind, jobCount: counts.get(kind.id) ?? 0 }));
      read.precision = await addRolledUp(context.db, counted, filter.groupBy, read);
      await addRows(context, selection, now, read, { only: "unfinished" });
      return read;
    }
  }
  const read = emptyTurnarounds(filter);
  await addRows(context, selection, now, read, {});
  for (const { jobCount, outcome, ...job } of await countUntimed(context.db, selection)) {
    const tally = read.tallies.of({ ...job, createdAtSeconds: null });
    tally.addEnds({ outcome, jobCount, seconds: null, earliestSeconds: null });
  }
  if (read.tallies.sorted().some((tally) => tally.isBySecond)) read.precision = "second";
  return read;
}

function emptyTurnarounds(filter: ComparisonFilter): Turnarounds {
  return {
    tallies: new GroupTallies(filter.groupBy),
    heatMap: new HeatMapTally(),
    precision: "exact",
    pairing: null,
  };
}

async function addRows(
  context: Pick<AppContext, "db">,
  selection: TurnaroundSelection,
  now: Date,
  { tallies, heatMap }: Turnarounds,
  options: ListOptions,
): Promise<void> {
  const nowSeconds = now.getTime() / 1000;
  await eachFact(context, selection, options, (fact) => {
    tallies.of(fact).add(fact, nowSeconds, null);
    heatMap.add(fact);
  });
}

/** Twice over the rows: first to learn which waves have every group, then to count the jobs of those. */
async function readPaired(
  context: Pick<AppContext, "db">,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
  now: Date,
): Promise<Turnarounds> {
  const read = emptyTurnarounds(filter);
  const groups = new GroupTallies(filter.groupBy);
  const waves = new PairedWaves(filter.waveMinutes);
  await eachFact(context, selection, {}, (fact) => waves.note(groups.of(fact).key, fact.createdAtSeconds));
  waves.close();
  const nowSeconds = now.getTime() / 1000;
  let jobCount = 0;
  let leftOutCount = 0;
  await eachFact(context, selection, {}, (fact) => {
    const wave = waves.waveOf(fact.createdAtSeconds);
    if (wave === null) {
      leftOutCount += 1;
      return;
    }
    jobCount += 1;
    read.tallies.of(fact).add(fact, nowSeconds, wave);
    read.heatMap.add(fact);
  });
  const { waveMinutes } = filter;
  return { ...read, pairing: { waveMinutes, waveCount: waves.pairedCount, jobCount, leftOutCount } };
}

async function eachFact(
  context: Pick<AppContext, "db">,
  selection: TurnaroundSelection,
  options: ListOptions,
  take: (fact: TurnaroundFact) => void,
): Promise<void> {
  for await (const page of listTurnarounds(context.db, selection, options)) {
    for (const fact of page) take(fact);
    await setImmediate();
  }
}
