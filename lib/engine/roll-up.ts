import { setImmediate } from "node:timers/promises";
import type { Database } from "#lib/db/client.ts";
import {
  readCounts,
  readIntervals,
  readLaunches,
  type RolledUpCounts,
  type SlottedCounts,
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
  type CountedMeasure,
  type EndOutcome,
} from "#lib/domain/turnaround.ts";
import type { CountedKind } from "./chosen-jobs.ts";
import type { GroupTallies } from "./group-tallies.ts";
import type { GroupTally } from "./group-tally.ts";

const daySeconds = 86_400;

/**
 * Counts ended jobs from what is rolled up of their kinds, one group after another so that nothing waits for long.
 * Returns how fine the durations are.
 */
export async function addRolledUp(
  db: Database,
  kinds: readonly CountedKind[],
  groupBy: Exclude<ComparisonGrouping, "settings">,
  tallies: GroupTallies,
): Promise<Comparison["precision"]> {
  if (groupBy === "hour" || groupBy === "weekday") {
    await addByLaunch(db, kinds, groupBy, tallies);
    return "bin";
  }
  const valueOf = (kind: TurnaroundKind) => valueOfKind(kind, groupBy);
  for (const alike of Map.groupBy(kinds, (kind) => `${kind.provider} ${valueOf(kind)}`).values()) {
    const [first] = alike;
    const kindIds = alike.map((kind) => kind.id);
    const counts = await readCounts(db, kindIds);
    const intervals = await readIntervals(db, kindIds);
    // A kind stays when the last of its jobs is removed.
    if (!first || counts.length + intervals.length === 0) continue;
    const tally = tallies.ofValue(first, valueOf(first));
    for (const lists of counts) addCounts(lists, tally);
    for (const lists of intervals) addIntervals(lists, tally);
    for (const { size, jobCount } of alike) tally.addSizes(jobSizes.indexOf(size), jobCount);
    await setImmediate();
  }
  return "second";
}

async function addByLaunch(
  db: Database,
  kinds: readonly CountedKind[],
  groupBy: "hour" | "weekday",
  tallies: GroupTallies,
): Promise<void> {
  for (const kind of kinds) {
    for (const lists of await readLaunches(db, [kind.id])) {
      const outcome = outcomeOfLaunches(lists);
      lists.slots.forEach((hourOfWeek, index) => {
        const value = groupBy === "hour" ? hourOfWeek % 24 : Math.floor(hourOfWeek / 24) + 1;
        const tally = tallies.ofValue(kind, String(value));
        const jobCount = lists.jobCounts[index] ?? 0;
        tally.addSizes(jobSizes.indexOf(kind.size), jobCount);
        tally.addLaunchHour(hourOfWeek % 24, jobCount);
        const seconds = turnaroundAt(lists, index);
        if (outcome) tally.addEnds({ outcome, seconds, earliestSeconds: seconds, jobCount });
      });
    }
    await setImmediate();
  }
}

function valueOfKind(
  kind: TurnaroundKind,
  groupBy: Exclude<ComparisonGrouping, "settings" | "hour" | "weekday">,
): string | null {
  if (groupBy === "provider") return null;
  return groupBy === "model" ? (kind.model ?? "unknown") : kind[groupBy];
}

function addCounts({ measure, bins, jobCounts }: RolledUpCounts, tally: GroupTally): void {
  const outcome = outcomeOf(measure);
  const plain = measures.find((each) => each === measure);
  bins.forEach((bin, index) => {
    const jobCount = jobCounts[index] ?? 0;
    if (outcome) {
      const seconds = bin < 0 ? null : bin;
      tally.addEnds({ outcome, seconds, earliestSeconds: seconds, jobCount });
    } else if (plain) {
      tally.addMeasured(plain, valueOfBin(bin, measureBinsPerUnit), jobCount);
    } else if (measure === "launch") {
      tally.addLaunches(bin * daySeconds, (bin + 1) * daySeconds - 1);
    } else if (measure === "launch_hour") {
      tally.addLaunchHour(bin, jobCount);
    }
  });
}

function addIntervals({ measure, slots, bins, jobCounts }: SlottedCounts, tally: GroupTally): void {
  const outcome = outcomeOf(measure);
  if (!outcome) return;
  slots.forEach((earliestSeconds, index) => {
    const seconds = bins[index] ?? 0;
    tally.addEnds({ outcome, seconds, earliestSeconds, jobCount: jobCounts[index] ?? 0 });
  });
}

function outcomeOf(measure: CountedMeasure): EndOutcome | undefined {
  return endOutcomes.find((outcome) => outcome === measure);
}

/** Undefined for what is counted otherwise than by launch. */
export function outcomeOfLaunches({ measure }: RolledUpCounts): EndOutcome | undefined {
  return endOutcomes.find((outcome) => measure === `launch_${outcome}`);
}

/** Turnaround in seconds of the jobs at a place of lists by launch, to about 6 %. */
export function turnaroundAt({ bins }: RolledUpCounts, index: number): number {
  return valueOfBin(bins[index] ?? 0, launchBinsPerUnit);
}
