import { and, count, eq, lt, or } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { toJob } from "#lib/db/job-mapper.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { readEndEstimates } from "./end-estimates.ts";
import type { JobDetail } from "#lib/domain/job-detail.ts";

/** What the database knows of a job; null when the id is unknown. */
export async function getJob(db: Database, jobId: string): Promise<Omit<JobDetail, "accountProblem"> | null> {
  const [row] = await db
    .select({ job: jobs, jobSetName: jobSets.name })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .where(eq(jobs.id, jobId));
  if (!row) return null;
  const estimate = (await readEndEstimates(db, [jobId])).get(jobId) ?? null;
  const { raw, attempts, nextCheckAt } = row.job;
  return {
    job: { ...toJob(row.job), jobSetName: row.jobSetName, estimate },
    raw,
    attempts,
    nextCheckAt,
    aheadCount: row.job.step === "submit" ? await countAhead(db, row.job) : null,
  };
}

async function countAhead(db: Database, job: JobRow): Promise<number> {
  const isBefore = or(
    lt(jobs.launchedAt, job.launchedAt),
    and(eq(jobs.launchedAt, job.launchedAt), lt(jobs.launchOrder, job.launchOrder)),
  );
  const [row] = await db
    .select({ value: count() })
    .from(jobs)
    .where(and(eq(jobs.step, "submit"), isBefore));
  return row?.value ?? 0;
}
