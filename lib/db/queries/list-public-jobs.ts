import { and, asc, desc, eq, gte, inArray, isNotNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import type { ListedJobRow } from "#lib/db/job-mapper.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { PublicJobFilter } from "#lib/domain/public-api.ts";
import { jobColumns } from "./job-columns.ts";

export type PublicJobRow = ListedJobRow;
/** Where a page ended: the next one begins after it. */
export type PublicJobCursor = { createdAt: Date; id: string };

/** By the provider's clock; a job that is not at a provider yet by its launch. */
const createdAt = sql<Date>`coalesce(${jobs.providerCreatedAt}, ${jobs.launchedAt})`.mapWith(jobs.launchedAt);

/** Jobs newest first, at most `limit`, from the cursor on. */
export async function listPublicJobs(
  db: Database,
  filter: PublicJobFilter,
  { limit, after }: { limit: number; after: PublicJobCursor | null },
): Promise<{ rows: PublicJobRow[]; next: PublicJobCursor | null }> {
  const rows = await db
    .select({ ...jobColumns, createdAt })
    .from(jobs)
    .where(and(...conditionsOf(filter), after === null ? undefined : isAfter(after)))
    .orderBy(desc(createdAt), asc(jobs.id))
    .limit(limit);
  const last = rows.at(-1);
  const hasMore = rows.length === limit;
  return { rows, next: last && hasMore ? { createdAt: last.createdAt, id: last.id } : null };
}

function isAfter(cursor: PublicJobCursor): SQL | undefined {
  const moment = sql`${cursor.createdAt.toISOString()}::timestamptz`;
  return or(lt(createdAt, moment), and(eq(createdAt, moment), sql`${jobs.id} > ${cursor.id}`));
}

function conditionsOf(filter: PublicJobFilter): (SQL | undefined)[] {
  const { provider, status, job_set_id: jobSetId, model, since, job_id: ids } = filter;
  return [
    provider ? inArray(jobs.provider, provider) : undefined,
    status ? inArray(jobs.userStatus, status) : undefined,
    jobSetId ? eq(jobs.jobSetId, jobSetId) : undefined,
    model ? eq(jobs.model, model) : undefined,
    since ? gte(createdAt, sql`${since.toISOString()}::timestamptz`) : undefined,
    ids ? or(inArray(jobs.id, ids), inArray(jobs.providerJobId, ids)) : undefined,
  ];
}

/** One job by our id or by the provider's own; null when neither is known. */
export async function findPublicJob(db: Database, id: string): Promise<PublicJobRow | null> {
  const [row] = await db
    .select(jobColumns)
    .from(jobs)
    .where(or(eq(jobs.id, id), and(isNotNull(jobs.providerJobId), eq(jobs.providerJobId, id))))
    .limit(1);
  return row ?? null;
}

/** Our ids of jobs that are named by our or by the provider's ids; unknown ones are left out. */
export async function findPublicJobIds(db: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(or(inArray(jobs.id, [...ids]), inArray(jobs.providerJobId, [...ids])));
  return rows.map(({ id }) => id);
}
