import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Database } from "#lib/db/client.ts";
import { turnaroundCounts, turnaroundKinds } from "#lib/db/schema/turnaround-counts.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { JobSize } from "#lib/domain/job-size.ts";
import type { JobTask } from "#lib/domain/job-values.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { endOutcomes, measures, type CountedMeasure } from "#lib/domain/turnaround.ts";

export type TurnaroundKind = {
  id: number;
  provider: ProviderId;
  model: string | null;
  task: JobTask;
  size: JobSize;
};

/**
 * How many ended jobs of one kind fall into each slot and bin of a measure, as three lists of the same length; see
 * `CountedMeasure`.
 */
export type RolledUpCounts = {
  measure: CountedMeasure;
  slots: Int32Array;
  bins: Int32Array;
  jobCounts: Int32Array;
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

/** What is rolled up of these kinds: their ends by the second, the days and hours of their launch, and their measures. */
export function readCounts(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readLists(db, kindIds, [...endOutcomes, ...measures, "launch", "launch_hour"]);
}

/** Turnarounds of these kinds by hour of the week of launch, in logarithmic bins. */
export function readLaunches(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readLists(
    db,
    kindIds,
    endOutcomes.map((outcome) => `launch_${outcome}` as const),
  );
}

/** The ends of these kinds by the second: all that a curve needs. */
export function readEnds(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readLists(db, kindIds, endOutcomes);
}

/**
 * In no certain order; one kind and measure at a time, as the index has them. Each list comes as the bytes of an array:
 * a driver parses thousands of short rows, or the text of an array, many times slower.
 */
async function readLists(
  db: Database,
  kindIds: readonly number[],
  wanted: readonly CountedMeasure[],
): Promise<RolledUpCounts[]> {
  if (kindIds.length === 0) return [];
  const result = await db.execute(sql`
    select wanted.measure, lists.slots, lists.bins, lists.job_counts
    from unnest(${sql.param([...kindIds])}::integer[]) as kinds (id)
    cross join unnest(${sql.param([...wanted])}::text[]) as wanted (measure)
    cross join lateral (
      select ${bytesOf(turnaroundCounts.slot)} as slots, ${bytesOf(turnaroundCounts.bin)} as bins,
        ${bytesOf(turnaroundCounts.jobCount)} as job_counts
      from turnaround_counts
      where kind_id = kinds.id and measure = wanted.measure and job_count > 0
    ) as lists
    where lists.slots is not null`);
  return listRowsSchema.parse(result).rows.map((row) => ({
    measure: row.measure,
    slots: integersOf(row.slots),
    bins: integersOf(row.bins),
    jobCounts: integersOf(row.job_counts),
  }));
}

const listRowsSchema = z.object({
  rows: z.array(
    z.object({
      measure: z.enum([
        ...endOutcomes,
        ...measures,
        "launch",
        "launch_hour",
        ...endOutcomes.map((outcome) => `launch_${outcome}` as const),
      ]),
      slots: z.string(),
      bins: z.string(),
      job_counts: z.string(),
    }),
  ),
});

function bytesOf(column: AnyPgColumn): SQL {
  return sql`encode(array_send(array_agg(${column})), 'base64')`;
}

const arrayHeaderBytes = 20;
const elementBytes = 8;

/** PostgreSQL's binary form of an integer array: a header, then for each element its length (4) and its value. */
function integersOf(base64: string): Int32Array {
  const bytes = Buffer.from(base64, "base64");
  const values = new Int32Array((bytes.length - arrayHeaderBytes) / elementBytes);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = bytes.readInt32BE(arrayHeaderBytes + index * elementBytes + 4);
  }
  return values;
}
