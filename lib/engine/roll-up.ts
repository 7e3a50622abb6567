import { setImmediate } from "node:timers/promises";
import type { Database } from "#lib/db/client.ts";
import {
  readCounts,
  readLaunches,
  type RolledUpCounts,
  type TurnaroundKind,
} from "#lib/db/queries/rolled-up-turnarounds.ts";
import type { ComparisonGrouping } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { jobSizes } from "#lib/domain/job-size.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
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

type CountedKind = TurnaroundKind & { jobCount: number };
type Target = { tallies: GroupTallies; heatMap: HeatMapTally };

/**
 * Counts ended jobs from what is rolled up of their kinds, one group after another so that nothing waits for long.
 * Returns how fine the durations are.
 */
export async function addRolledUp(
  db: Database,
  kinds: readonly CountedKind[],
  groupBy: ComparisonGrouping,
  into: Target,
): Promise<Comparison["precision"]> {
  if (groupBy === "hour" || groupBy === "weekday") {
    await addByLaunch(db, kinds, groupBy, into);
    return "bin";
  }
  const valueOf = (kind: TurnaroundKind) => valueOfKind(kind, groupBy);
  for (const alike of Map.groupBy(kinds, (kind) => `${kind.provider} ${valueOf(kind)}`).values()) {
    const [first] = alike;
    const kindIds = alike.map((kind) => kind.id);
    const counts = await readCounts(db, kindIds);
    // A kind stays when the last of its jobs is removed.
    if (!first || counts.length === 0) continue;
    const tally = into.tallies.ofValue(first, valueOf(first));
    for (const row of counts) addCounts(row, tally);
    for (const { size, jobCount } of alike) tally.addSizes(jobSizes.indexOf(size), jobCount);
    await setImmediate();
    for (const row of await readLaunches(db, kindIds)) {
      tally.addLaunchHour(row.slot % 24, totalOf(row));
      addToHeatMap(first.provider, row, into.heatMap);
    }
    await setImmediate();
  }
  return "second";
}

async function addByLaunch(
  db: Database,
  kinds: readonly CountedKind[],
  groupBy: "hour" | "weekday",
  into: Target,
): Promise<void> {
  for (const kind of kinds) {
    for (const row of await readLaunches(db, [kind.id])) {
      const value = groupBy === "hour" ? row.slot % 24 : Math.floor(row.slot / 24) + 1;
      const tally = into.tallies.ofValue(kind, String(value));
      const jobCount = totalOf(row);
      tally.addSizes(jobSizes.indexOf(kind.size), jobCount);
      tally.addLaunchHour(row.slot % 24, jobCount);
      addToHeatMap(kind.provider, row, into.heatMap);
      const outcome = endOutcomes.find((each) => row.measure === `launch_${each}`);
      if (!outcome) continue;
      turnaroundsOf(row).forEach((seconds, index) => {
        tally.addEnds({ outcome, seconds, earliestSeconds: seconds, jobCount: row.jobCounts[index] ?? 0 });
      });
    }
    await setImmediate();
  }
}

function valueOfKind(
  kind: TurnaroundKind,
  groupBy: Exclude<ComparisonGrouping, "hour" | "weekday">,
): string | null {
  if (groupBy === "provider") return null;
  return groupBy === "model" ? (kind.model ?? "unknown") : kind[groupBy];
}

function addToHeatMap(provider: ProviderId, row: RolledUpCounts, heatMap: HeatMapTally): void {
  const outcome = endOutcomes.find((each) => row.measure === `launch_${each}`);
  if (!outcome) return;
  const jobs = { outcome, turnarounds: turnaroundsOf(row), jobCounts: row.jobCounts };
  heatMap.addToHour(provider, row.slot, jobs);
}

function addCounts({ measure, slot, bins, jobCounts }: RolledUpCounts, tally: GroupTally): void {
  const outcome = endOutcomes.find((each) => each === measure);
  const plain = measures.find((each) => each === measure);
  bins.forEach((bin, index) => {
    const jobCount = jobCounts[index] ?? 0;
    if (outcome) {
      const seconds = bin < 0 ? null : bin;
      tally.addEnds({ outcome, seconds, earliestSeconds: slot < 0 ? seconds : slot, jobCount });
    } else if (plain) {
      tally.addMeasured(plain, valueOfBin(bin, measureBinsPerUnit), jobCount);
    } else if (measure === "launch") {
      tally.addLaunches(bin * daySeconds, (bin + 1) * daySeconds - 1);
    }
  });
}

function turnaroundsOf({ bins }: RolledUpCounts): number[] {
  return bins.map((bin) => valueOfBin(bin, launchBinsPerUnit));
}

function totalOf({ jobCounts }: RolledUpCounts): number {
  return jobCounts.reduce((sum, jobCount) => sum + jobCount, 0);
}
