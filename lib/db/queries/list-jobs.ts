import { eq, inArray } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { toJob } from "#lib/db/job-mapper.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobFilter, JobListItem, JobPage } from "#lib/domain/job-page.ts";
import { countJobs, toJobCounts } from "./count-jobs.ts";
import { jobColumns } from "./job-columns.ts";
import { readEndEstimates } from "./end-estimates.ts";
import { jobConditions } from "./job-conditions.ts";
import { offsetOf, orderOf } from "./job-order.ts";
import { searchJobs } from "./search-jobs.ts";

/** One page of jobs with the counts of its filter. */
export async function listJobs(db: Database, filter: JobFilter): Promise<JobPage> {
  if (filter.search === "") return { ...(await countJobs(db, filter)), jobs: await listJobRows(db, filter) };
  const { tallies, ids } = await searchJobs(db, filter);
  return { ...(await toJobCounts(db, filter, tallies)), jobs: await listJobsById(db, ids) };
}

/** The jobs of one page, at most `pageSize`. The page is found in an index alone; only its own rows are read. */
export async function listJobRows(db: Database, filter: JobFilter): Promise<JobListItem[]> {
  if (filter.search !== "") return (await listJobs(db, filter)).jobs;
  const page = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(jobConditions(db, filter))
    .orderBy(...orderOf(filter))
    .limit(filter.pageSize)
    .offset(offsetOf(filter));
  const rows = await selectListed(db)
    .where(inArray(jobs.id, page))
    .orderBy(...orderOf(filter));
  return toListItems(db, rows);
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
