import { setImmediate } from "node:timers/promises";
import type { AppContext } from "#lib/context.ts";
import {
  countUntimed,
  listTurnarounds,
  type TurnaroundFact,
  type TurnaroundSelection,
} from "#lib/db/queries/list-turnarounds.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { GroupTallies } from "./group-tallies.ts";
import { HeatMapTally } from "./heat-map.ts";
import { PairedWaves } from "./paired-waves.ts";

/** The chosen jobs, counted by group. */
export type Turnarounds = {
  tallies: GroupTallies;
  heatMap: HeatMapTally;
  precision: Comparison["precision"];
  pairing: Comparison["pairing"];
};

/** Counts the chosen jobs by group, without holding up other work for long. */
export async function readTurnarounds(
  context: AppContext,
  filter: ComparisonFilter,
  isSimulated: boolean,
  now: Date,
): Promise<Turnarounds> {
  const selection = { ...filter, isSimulated };
  return filter.isPaired
    ? readPaired(context, filter, selection, now)
    : readRows(context, filter, selection, now);
}

async function readRows(
  context: AppContext,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
  now: Date,
): Promise<Turnarounds> {
  const tallies = new GroupTallies(filter.groupBy);
  const heatMap = new HeatMapTally();
  const nowSeconds = now.getTime() / 1000;
  await eachFact(context, selection, (fact) => {
    tallies.of(fact).add(fact, nowSeconds, null);
    heatMap.add(fact);
  });
  for (const { jobCount, outcome, ...job } of await countUntimed(context.db, selection)) {
    const unknown = { seconds: null, earliestSeconds: null, wave: null };
    tallies.of({ ...job, createdAtSeconds: null }).addEnds({ outcome, jobCount, ...unknown });
  }
  return { tallies, heatMap, precision: "exact", pairing: null };
}

/** Twice over the rows: first to learn which waves have every group, then to count the jobs of those. */
async function readPaired(
  context: AppContext,
  filter: ComparisonFilter,
  selection: TurnaroundSelection,
  now: Date,
): Promise<Turnarounds> {
  const groups = new GroupTallies(filter.groupBy);
  const waves = new PairedWaves(filter.waveMinutes);
  await eachFact(context, selection, (fact) => waves.note(groups.of(fact).key, fact.createdAtSeconds));
  waves.close();
  const tallies = new GroupTallies(filter.groupBy);
  const heatMap = new HeatMapTally();
  const nowSeconds = now.getTime() / 1000;
  let jobCount = 0;
  let leftOutCount = 0;
  await eachFact(context, selection, (fact) => {
    const wave = waves.waveOf(fact.createdAtSeconds);
    if (wave === null) {
      leftOutCount += 1;
      return;
    }
    jobCount += 1;
    tallies.of(fact).add(fact, nowSeconds, wave);
    heatMap.add(fact);
  });
  const { waveMinutes } = filter;
  const pairing = { waveMinutes, waveCount: waves.pairedCount, jobCount, leftOutCount };
  return { tallies, heatMap, precision: "exact", pairing };
}

async function eachFact(
  context: AppContext,
  selection: TurnaroundSelection,
  take: (fact: TurnaroundFact) => void,
): Promise<void> {
  for await (const page of listTurnarounds(context.db, selection)) {
    for (const fact of page) take(fact);
    await setImmediate();
  }
}
