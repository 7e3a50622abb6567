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

/** Number of ended jobs of these kinds with a creation time. */
export async function countRolledUp(db: Database, kindIds: readonly number[]): Promise<number> {
  if (kindIds.length === 0) return 0;
  const [row] = await db
    .select({ value: sql<number>`coalesce(sum(${turnaroundCounts.jobCount}), 0)::float8` })
    .from(turnaroundCounts)
    .where(and(inArray(turnaroundCounts.kindId, [...kindIds]), eq(turnaroundCounts.measure, "launch")));
  return row?.value ?? 0;
}

/** What is rolled up of one kind: its ends by the second, its launch days and its measures. */
export function readKindCounts(db: Database, kindId: number): Promise<RolledUpCounts[]> {
  return readCounts(db, kindId, [...endOutcomes, ...measures, "launch"]);
}

/** Turnarounds of one kind by hour of the week of launch, in logarithmic bins. */
export function readKindLaunches(db: Database, kindId: number): Promise<RolledUpCounts[]> {
  return readCounts(
    db,
    kindId,
    endOutcomes.map((outcome) => `launch_${outcome}` as const),
  );
}

/** The ends of one kind by the second: all that a curve needs. */
export function readKindEnds(db: Database, kindId: number): Promise<RolledUpCounts[]> {
  return readCounts(db, kindId, endOutcomes);
}

/** In no certain order. One text a list: a driver parses thousands of short rows, or an array's elements, many times slower. */
async function readCounts(
  db: Database,
  kindId: number,
  wanted: readonly CountedMeasure[],
): Promise<RolledUpCounts[]> {
  const { measure, slot, bin, jobCount } = turnaroundCounts;
  const rows = await db
    .select({
      measure,
      slot,
      bins: sql<string>`array_to_string(array_agg(${bin}), ',')`,
      jobCounts: sql<string>`array_to_string(array_agg(${jobCount}), ',')`,
    })
    .from(turnaroundCounts)
    .where(and(eq(turnaroundCounts.kindId, kindId), inArray(measure, [...wanted]), gt(jobCount, 0)))
    .groupBy(measure, slot);
  return rows.map((row) => ({
    measure: row.measure,
    slot: row.slot,
    bins: row.bins.split(",").map(Number),
    jobCounts: row.jobCounts.split(",").map(Number),
  }));
}
