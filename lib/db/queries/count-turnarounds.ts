import { and, count, eq, gte, isNotNull, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { TurnaroundOutcome } from "#lib/domain/turnaround.ts";
import { conditionsOf, type TurnaroundSelection } from "./list-turnarounds.ts";

/** Jobs of one provider (and lane, where asked for) with one outcome, by how long they took. */
export type CountedTurnarounds = {
  provider: ProviderId;
  laneId: string | null;
  outcome: TurnaroundOutcome;
  /** The least possible seconds where the ends lie between two checks; else null. */
  earliestSeconds: number | null;
  /**
   * Turnarounds, exact to a millisecond below 100 s and to a second above; of open jobs the seconds since 1970 at which
   * they were created. Null where it is unknown.
   */
  values: (number | null)[];
  jobCounts: number[];
};

/**
 * Counts the chosen jobs by their turnaround in the database. One text a list: a driver parses thousands of short rows,
 * or an array's elements, many times slower.
 */
export async function countTurnarounds(
  db: Database,
  selection: TurnaroundSelection,
  { byLane = false }: { byLane?: boolean } = {},
): Promise<CountedTurnarounds[]> {
  const {
    turnaroundOutcome: outcome,
    turnaroundSeconds: seconds,
    turnaroundEarliestSeconds: earliest,
  } = jobs;
  const laneId = byLane ? sql<string | null>`${jobs.laneId}` : sql<string | null>`null::text`;
  const counted = db
    .select({
      provider: jobs.provider,
      laneId: laneId.as("lane_id"),
      outcome,
      // Rounded down, so that it stays before the rounded end.
      earliest: sql<number | null>`case when ${earliest} < ${seconds} then
        case when ${seconds} < 100 then floor(${earliest} * 1000) / 1000 else floor(${earliest}) end end`.as(
        "earliest",
      ),
      value: sql<number | null>`case when ${outcome} = 'unfinished'
          then extract(epoch from ${jobs.providerCreatedAt})::float8
        when ${seconds} < 100 then round(${seconds} * 1000) / 1000 else round(${seconds}) end`.as("value"),
      jobCount: count().as("job_count"),
    })
    .from(jobs)
    .where(and(...conditionsOf(selection), isNotNull(jobs.providerCreatedAt)))
    .groupBy(sql`1, 2, 3, 4, 5`)
    .as("counted");
  const rows = await db
    .select({
      provider: counted.provider,
      laneId: counted.laneId,
      outcome: counted.outcome,
      earliestSeconds: counted.earliest,
      values: sql<string>`string_agg(coalesce(${counted.value}::text, ''), ',')`,
      jobCounts: sql<string>`string_agg(${counted.jobCount}::text, ',')`,
    })
    .from(counted)
    .groupBy(counted.provider, counted.laneId, counted.outcome, counted.earliest);
  return rows.map((row) => ({
    ...row,
    values: row.values.split(",").map((text) => (text === "" ? null : Number(text))),
    jobCounts: row.jobCounts.split(",").map(Number),
  }));
}

/** Whether any such job was created at its provider at this moment or later. */
export async function hasTurnaroundSince(db: Database, isSimulated: boolean, since: Date): Promise<boolean> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.isSimulated, isSimulated), gte(jobs.providerCreatedAt, since)))
    .limit(1);
  return rows.length > 0;
}
