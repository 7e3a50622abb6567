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

/** How many ended jobs of one kind fall into each bin of a measure, as lists of the same length; see `CountedMeasure`. */
export type RolledUpCounts = {
  measure: CountedMeasure;
  bins: Int32Array;
  jobCounts: Int32Array;
};

/** The same where a bin stands once for each slot. */
export type SlottedCounts = RolledUpCounts & { slots: Int32Array };

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

const exactEnds = -1;
const anySlot = 2_147_483_647;

/**
 * What is rolled up of these kinds: their ends at known seconds, the days and hours of their launch, and their measures.
 * Ends that are known as intervals are left to `readIntervals`.
 */
export function readCounts(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readBins(db, kindIds, [
    ...endOutcomes.map((measure) => ({ measure, lastSlot: exactEnds })),
    ...[...measures, "launch" as const, "launch_hour" as const].map((measure) => ({
      measure,
      lastSlot: anySlot,
    })),
  ]);
}

/** The ends of these kinds that are known as intervals. */
export function readIntervals(db: Database, kindIds: readonly number[]): Promise<SlottedCounts[]> {
  return readSlots(db, kindIds, endOutcomes);
}

/** Turnarounds of these kinds by hour of the week of launch, in logarithmic bins. */
export function readLaunches(db: Database, kindIds: readonly number[]): Promise<SlottedCounts[]> {
  return readSlots(
    db,
    kindIds,
    endOutcomes.map((outcome) => `launch_${outcome}` as const),
  );
}

/** The ends of these kinds by the second, of intervals the latest: all that a curve needs. */
export function readEnds(db: Database, kindIds: readonly number[]): Promise<RolledUpCounts[]> {
  return readBins(
    db,
    kindIds,
    endOutcomes.map((measure) => ({ measure, lastSlot: anySlot })),
  );
}

/**
 * In no certain order; one kind and measure at a time, as the index has them. Each list comes as the bytes of an array:
 * a driver parses thousands of short rows, or the text of an array, many times slower.
 */
async function readBins(
  db: Database,
  kindIds: readonly number[],
  wanted: readonly { measure: CountedMeasure; lastSlot: number }[],
): Promise<RolledUpCounts[]> {
  if (kindIds.length === 0) return [];
  const wantedMeasures = wanted.map(({ measure }) => measure);
  const lastSlots = wanted.map(({ lastSlot }) => lastSlot);
  const result = await db.execute(sql`
    select wanted.measure, lists.bins, lists.job_counts
    from unnest(${sql.param([...kindIds])}::integer[]) as kinds (id)
    cross join unnest(${sql.param(wantedMeasures)}::text[], ${sql.param(lastSlots)}::integer[])
      as wanted (measure, last_slot)
    cross join lateral (
      select ${bytesOf(turnaroundCounts.bin)} as bins, ${bytesOf(turnaroundCounts.jobCount)} as job_counts
      from turnaround_counts
      where kind_id = kinds.id and measure = wanted.measure and slot <= wanted.last_slot and job_count > 0
    ) as lists
    where lists.bins is not null`);
  return binRowsSchema.parse(result).rows.map((row) => ({
    measure: row.measure,
    bins: integersOf(row.bins),
    jobCounts: integersOf(row.job_counts),
  }));
}

/** As `readBins`, with the slots from 0 up. */
async function readSlots(
  db: Database,
  kindIds: readonly number[],
  wanted: readonly CountedMeasure[],
): Promise<SlottedCounts[]> {
  if (kindIds.length === 0) return [];
  const result = await db.execute(sql`
    select wanted.measure, lists.slots, lists.bins, lists.job_counts
    from unnest(${sql.param([...kindIds])}::integer[]) as kinds (id)
    cross join unnest(${sql.param([...wanted])}::text[]) as wanted (measure)
    cross join lateral (
      select ${bytesOf(turnaroundCounts.slot)} as slots, ${bytesOf(turnaroundCounts.bin)} as bins,
        ${bytesOf(turnaroundCounts.jobCount)} as job_counts
      from turnaround_counts
      where kind_id = kinds.id and measure = wanted.measure and slot >= 0 and job_count > 0
    ) as lists
    where lists.slots is not null`);
  return slotRowsSchema.parse(result).rows.map((row) => ({
    measure: row.measure,
    slots: integersOf(row.slots),
    bins: integersOf(row.bins),
    jobCounts: integersOf(row.job_counts),
  }));
}

const binRowSchema = z.object({
  measure: z.enum([
    ...endOutcomes,
    ...measures,
    "launch",
    "launch_hour",
    ...endOutcomes.map((outcome) => `launch_${outcome}` as const),
  ]),
  bins: z.string(),
  job_counts: z.string(),
});
const binRowsSchema = z.object({ rows: z.array(binRowSchema) });
const slotRowsSchema = z.object({ rows: z.array(binRowSchema.extend({ slots: z.string() })) });

function bytesOf(column: AnyPgColumn): SQL {
  return sql`encode(array_send(array_agg(${column})), 'base64')`;
}

const arrayHeaderBytes = 20;
const elementBytes = 8;

/** PostgreSQL's binary form of an integer array: a header, then for each element its length (4) and its value. */
function integersOf(base64: string): Int32Array {
  const { buffer, byteOffset, length } = Buffer.from(base64, "base64");
  const bytes = new DataView(buffer, byteOffset, length);
  const values = new Int32Array((length - arrayHeaderBytes) / elementBytes);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = bytes.getInt32(arrayHeaderBytes + index * elementBytes + 4);
  }
  return values;
}
