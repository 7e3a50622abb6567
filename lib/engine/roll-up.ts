import { setImmediate } from "node:timers/promises";
import type { Database } from "#lib/db/client.ts";
import {
  readKindCounts,
  readKindLaunches,
  type RolledUpCounts,
  type TurnaroundKind,
} from "#lib/db/queries/rolled-up-turnarounds.ts";
import type { ComparisonGrouping } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { jobSizes } from "#lib/domain/job-size.ts";
import {
  endOutcomes,
  launchBinsPerUnit,
  measureBinsPerUnit,
  measures,
  valueOfBin,
} from "#lib/domain/turnaround.ts";
import type { GroupTallies } from "./group-tallies.ts";
import type { GroupTally } from "./group-tally.ts";
import type { HeatMapTally } from "./heat-map.ts";

const daySeconds = 86_400;

/**
 * Counts ended jobs from what is rolled up of their kinds, one kind after another so that nothing waits for long.
 * Returns how fine the durations are.
 */
export async function addRolledUp(
  db: Database,
  kinds: readonly TurnaroundKind[],
  groupBy: ComparisonGrouping,
  into: { tallies: GroupTallies; heatMap: HeatMapTally },
): Promise<Comparison["precision"]> {
  const isByLaunch = groupBy === "hour" || groupBy === "weekday";
  for (const kind of kinds) {
    const launches = await readKindLaunches(db, kind.id);
    await setImmediate();
    const tallyAt = (hourOfWeek: number) =>
      into.tallies.ofValue(kind, valueOfKind(kind, groupBy, hourOfWeek));
    for (const row of launches) addLaunches(kind, row, tallyAt(row.slot), into.heatMap, isByLaunch);
    await setImmediate();
    if (isByLaunch) continue;
    for (const row of await readKindCounts(db, kind.id)) addCounts(kind, row, tallyAt(0));
    await setImmediate();
  }
  return isByLaunch ? "bin" : "second";
}

function valueOfKind(kind: TurnaroundKind, groupBy: ComparisonGrouping, hourOfWeek: number): string | null {
  switch (groupBy) {
    case "provider":
      return null;
    case "model":
      return kind.model ?? "unknown";
    case "task":
      return kind.task;
    case "size":
      return kind.size;
    case "hour":
      return String(hourOfWeek % 24);
    case "weekday":
      return String(Math.floor(hourOfWeek / 24) + 1);
  }
}

function addLaunches(
  { provider, size }: TurnaroundKind,
  { measure, slot, bins, jobCounts }: RolledUpCounts,
  tally: GroupTally,
  heatMap: HeatMapTally,
  isByLaunch: boolean,
): void {
  const outcome = endOutcomes.find((each) => measure === `launch_${each}`);
  if (!outcome) return;
  bins.forEach((bin, index) => {
    const jobCount = jobCounts[index] ?? 0;
    const seconds = valueOfBin(bin, launchBinsPerUnit);
    heatMap.addToHour(slot, { provider, outcome, seconds }, jobCount);
    tally.addLaunchHour(slot % 24, jobCount);
    if (!isByLaunch) return;
    tally.addEnds({ outcome, seconds, earliestSeconds: seconds, jobCount });
    tally.addSizes(jobSizes.indexOf(size), jobCount);
  });
}

function addCounts(
  { size }: TurnaroundKind,
  { measure, slot, bins, jobCounts }: RolledUpCounts,
  tally: GroupTally,
): void {
  const outcome = endOutcomes.find((each) => each === measure);
  const plain = measures.find((each) => each === measure);
  bins.forEach((bin, index) => {
    const jobCount = jobCounts[index] ?? 0;
    if (outcome) {
      const seconds = bin < 0 ? null : bin;
      tally.addEnds({ outcome, seconds, earliestSeconds: slot < 0 ? seconds : slot, jobCount });
      tally.addSizes(jobSizes.indexOf(size), jobCount);
    } else if (plain) {
      tally.measure(plain, valueOfBin(bin, measureBinsPerUnit), jobCount);
    } else if (measure === "launch") {
      tally.addLaunches(bin * daySeconds, (bin + 1) * daySeconds - 1);
    }
  });
}
