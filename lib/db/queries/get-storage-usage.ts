import { and, count, desc, eq, isNotNull, isNull, sql, type SQL } from "drizzle-orm";
import type { Database, DatabaseHandle } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { StorageUsage } from "#lib/domain/storage-usage.ts";

const maximumSets = 50;

const hasFile = and(isNotNull(jobs.collectedAt), isNull(jobs.resultsPrunedAt));
const sizeBytes = sql<number>`coalesce(sum(${jobs.resultSizeBytes}) filter (where ${hasFile}), 0)`.mapWith(
  Number,
);
const lineCount = sql<number>`coalesce(sum(${jobs.resultLineCount}) filter (where ${hasFile}), 0)`.mapWith(
  Number,
);
const fileCount = sql<number>`count(*) filter (where ${hasFile})`.mapWith(Number);

/** Sizes of the database and of the result files, in all and per job set. */
export async function getStorageUsage({
  db,
  driver,
}: Pick<DatabaseHandle, "db" | "driver">): Promise<StorageUsage> {
  const [results] = await db.select({ fileCount, sizeBytes, lineCount }).from(jobs);
  return {
    database: {
      kind: driver.kind,
      sizeBytes: await readSize(db, sql`pg_database_size(current_database())`),
      tables: [
        { name: "jobs", sizeBytes: await readSize(db, sql`pg_total_relation_size('jobs')`) },
        { name: "results", sizeBytes: await readSize(db, sql`pg_total_relation_size('request_results')`) },
        { name: "prompts", sizeBytes: await readSize(db, sql`pg_total_relation_size('prompts')`) },
        { name: "queue", sizeBytes: await readSize(db, queueSize) },
      ],
    },
    results: results ?? { fileCount: 0, sizeBytes: 0, lineCount: 0 },
    jobSets: await db
      .select({
        jobSetId: jobs.jobSetId,
        name: jobSets.name,
        jobCount: count(),
        fileCount,
        sizeBytes,
        lineCount,
      })
      .from(jobs)
      .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
      .groupBy(jobs.jobSetId, jobSets.name)
      .orderBy(desc(sizeBytes), desc(count()))
      .limit(maximumSets),
  };
}

const queueSize = sql`(select coalesce(sum(pg_total_relation_size(c.oid)), 0)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'pgboss' and c.relkind = 'r')`;

async function readSize(db: Database, expression: SQL): Promise<number> {
  const [row] = await db
    .select({ sizeBytes: sql<number>`size`.mapWith(Number) })
    .from(sql`(select ${expression} as size) as measured`);
  return row?.sizeBytes ?? 0;
}
