import { eq, inArray, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { toJob } from "#lib/db/job-mapper.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobFilter, JobListItem, JobPage } from "#lib/domain/job-page.ts";
import { countJobs } from "./count-jobs.ts";
import { jobColumns } from "./job-columns.ts";
import { readEndEstimates } from "./end-estimates.ts";
import { jobConditions } from "./job-conditions.ts";

/** One page of jobs with the counts of its filter. */
export async function listJobs(db: Database, filter: JobFilter): Promise<JobPage> {
  const counts = await countJobs(db, filter);
  return { ...counts, jobs: await listJobRows(db, filter) };
}

/** The jobs of one page, at most `pageSize`. The page is found in an index alone; only its own rows are read. */
export async function listJobRows(db: Database, filter: JobFilter): Promise<JobListItem[]> {
  const page = filter.search === "" ? pageInOrder(db, filter) : pageOfSearch(db, filter);
  const rows = await selectListed(db)
    .where(inArray(jobs.id, page))
    .orderBy(...orderOf(filter));
  return toListItems(db, rows);
}

function pageInOrder(db: Database, filter: JobFilter): SQLWrapper {
  return db
    .select({ id: jobs.id })
    .from(jobs)
    .where(jobConditions(db, filter))
    .orderBy(...orderOf(filter))
    .limit(filter.pageSize)
    .offset(offsetOf(filter));
}

/**
 * A page of a search: the jobs are found first and ordered then. To walk through all jobs in their order until a page
 * of rare matches is full would read every row.
 */
function pageOfSearch(db: Database, filter: JobFilter): SQLWrapper {
  const sortKeys: Record<JobFilter["sort"], SQL> = {
    launched: sql``,
    provider: sql``,
    status: sql``,
    turnaround: sql`, ${jobs.providerCreatedAt}, ${jobs.providerEndedAt}`,
    lastChecked: sql`, ${jobs.lastCheckedAt}`,
  };
  return sql`(
    with found as materialized (
      select ${jobs.id}, ${jobs.provider}, ${jobs.userStatus}, ${jobs.launchedAt}, ${jobs.launchOrder}${sortKeys[filter.sort]}
      from ${jobs} where ${jobConditions(db, filter)}
    )
    select "jobs"."id" from found as "jobs" order by ${sql.join(orderOf(filter), sql`, `)}
    limit ${filter.pageSize} offset ${offsetOf(filter)}
  )`;
}

function offsetOf({ page, pageSize }: JobFilter): number {
  return (page - 1) * pageSize;
}

/** The ids of all jobs of a filter in its order: what a long export keeps to while the list goes on changing. */
export async function listJobIds(db: Database, filter: JobFilter): Promise<string[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(jobConditions(db, filter))
    .orderBy(...orderOf(filter));
  return rows.map(({ id }) => id);
}

/** The jobs with these ids in the order of the ids; ids that are unknown are left out. */
export async function listJobsById(db: Database, ids: readonly string[]): Promise<JobListItem[]> {
  const rows = await selectListed(db).where(inArray(jobs.id, [...ids]));
  const byId = new Map((await toListItems(db, rows)).map((job) => [job.id, job]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function selectListed(db: Database) {
  return db
    .select({ ...jobColumns, jobSetName: jobSets.name })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id));
}

async function toListItems(
  db: Database,
  rows: Awaited<ReturnType<typeof selectListed>>,
): Promise<JobListItem[]> {
  const estimates = await readEndEstimates(
    db,
    rows.map((row) => row.id),
  );
  return rows.map(({ jobSetName, ...row }) => ({
    ...toJob(row),
    jobSetName,
    estimate: estimates.get(row.id) ?? null,
  }));
}

/**
 * Sort keys through an allow-list, each as an index of the table has it. Ties fall in a fixed order, so that pages
 * never overlap; an unknown turnaround comes last in both directions, a job that was never checked is the oldest.
 */
export function orderOf({ sort, direction }: Pick<JobFilter, "sort" | "direction">): SQL[] {
  const turnaround = sql`(${jobs.providerEndedAt} - ${jobs.providerCreatedAt})`;
  if (sort === "turnaround") {
    return direction === "asc"
      ? [sql`${turnaround} asc nulls last`, sql`${jobs.launchOrder} asc`, sql`${jobs.id} asc`]
      : [turnaround, jobs.launchOrder, jobs.id].map((column) => sql`${column} desc nulls last`);
  }
  if (sort === "lastChecked") {
    return direction === "asc"
      ? [sql`${jobs.lastCheckedAt} asc nulls first`, sql`${jobs.launchOrder} asc`, sql`${jobs.id} asc`]
      : [sql`${jobs.lastCheckedAt} desc nulls last`, sql`${jobs.launchOrder} desc`, sql`${jobs.id} desc`];
  }
  const keys = {
    launched: [jobs.launchedAt],
    provider: [jobs.provider, jobs.userStatus, jobs.launchedAt],
    status: [jobs.userStatus, jobs.launchedAt],
  }[sort];
  return [...keys, jobs.launchOrder, jobs.id].map((column) =>
    direction === "asc" ? sql`${column} asc` : sql`${column} desc`,
  );
}
