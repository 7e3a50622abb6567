import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { turnaroundCounts, turnaroundKinds } from "#lib/db/schema/turnaround-counts.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { JobSize } from "#lib/domain/job-size.ts";
import type { JobTask } from "#lib/domain/job.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { endOutcomes, measures, type CountedMeasure } from "#lib/domain/turnaround.ts";

export type TurnaroundKind = {
  id: number;
  provider: ProviderId;
  model: string | null;
  task: JobTask;
  size: JobSize;
};

/** How many ended jobs of a kind fall into each bin of a measure and slot; see `CountedMeasure`. */
export type RolledUpCounts = {
  measure: CountedMeasure;
  slot: number;
  bins: number[];
  jobCounts: number[];
};

export type KindFilter = Pick<ComparisonFilter, "providers" | "model" | "task" | "size"> & {
  isSimulated: boolean;
};

/** The kinds of jobs that pass the filter. */
export async function listTurnaroundKinds(db: Database, filter: KindFilter): Promise<TurnaroundKind[]> {
  const { providers, model, task, size } = filter;
  const rows = await db
    .select()
    .from(turnaroundKinds)
    .where(
      and(
        eq(turnaroundKinds.isSimulated, filter.isSimulated),
        providers.length > 0 ? inArray(turnaroundKinds.provider, providers) : undefined,
        model ? eq(turnaroundKinds.model, model) : undefined,
        task ? eq(turnaroundKinds.task, task) : undefined,
        size ? eq(turnaroundKinds.size, size) : undefined,
      ),
    )
    .orderBy(turnaroundKinds.id);
  return rows.map((row) => ({ ...row, model: row.model === "" ? null : row.model }));
}

/** Number of ended jobs with a creation time, by kind. */
export async function countRolledUp(db: Database, kindIds: readonly number[]): Promise<Map<number, number>> {
  if (kindIds.length === 0) return new Map();
  const rows = await db
    .select({
      kindId: turnaroundCounts.kindId,
      jobCount: sql<number>`sum(${turnaroundCounts.jobCount})::float8`,
    })
    .from(turnaroundCounts)
    .where(and(inArray(turnaroundCounts.kindId, [...kindIds]), eq(turnaroundCounts.measure, "launch")))
    .groupBy(turnaroundCounts.kindId);
  return new Map(rows.map((row) => [row.kindId, row.jobCount]));
}

/** What is rolled up of these kinds together: their ends by the second, their launch days and their measures. */
export function readCounts(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readSums(db, kindIds, [...endOutcomes, ...measures, "launch"]);
}

/** Turnarounds of these kinds together by hour of the week of launch, in logarithmic bins. */
export function readLaunches(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readSums(
    db,
    kindIds,
    endOutcomes.map((outcome) => `launch_${outcome}` as const),
  );
}

/** The ends of these kinds together by the second: all that a curve needs. */
export function readEnds(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readSums(db, kindIds, endOutcomes);
}

/** In no certain order. One text a list: a driver parses thousands of short rows, or an array's elements, many times slower. */
async function readSums(
  db: Database,
  kindIds: readonly number[],
  wanted: readonly CountedMeasure[],
): Promise<RolledUpCounts[]> {
  if (kindIds.length === 0) return [];
  const { measure, slot, bin, jobCount } = turnaroundCounts;
  const sums = db
    .select({ measure, slot, bin, jobCount: sql<number>`sum(${jobCount})`.as("job_count") })
    .from(turnaroundCounts)
    .where(
      and(inArray(turnaroundCounts.kindId, [...kindIds]), inArray(measure, [...wanted]), gt(jobCount, 0)),
    )
    .groupBy(measure, slot, bin)
    .as("sums");
  const rows = await db
    .select({
      measure: sums.measure,
      slot: sums.slot,
      bins: sql<string>`array_to_string(array_agg(${sums.bin}), ',')`,
      jobCounts: sql<string>`array_to_string(array_agg(${sums.jobCount}), ',')`,
    })
    .from(sums)
    .groupBy(sums.measure, sums.slot);
  return rows.map((row) => ({
    measure: row.measure,
    slot: row.slot,
    bins: row.bins.split(",").map(Number),
    jobCounts: row.jobCounts.split(",").map(Number),
  }));
}
