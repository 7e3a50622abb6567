import { eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { toJob } from "#lib/db/job-mapper.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { readEndEstimates } from "./end-estimates.ts";
import type { JobDetail } from "#lib/domain/job-detail.ts";

/** A job with its set's name and the provider's object as it last came; null when the id is unknown. */
export async function getJob(db: Database, jobId: string): Promise<JobDetail | null> {
  const [row] = await db
    .select({ job: jobs, jobSetName: jobSets.name })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .where(eq(jobs.id, jobId));
  if (!row) return null;
  const estimate = (await readEndEstimates(db, [jobId])).get(jobId) ?? null;
  return { job: { ...toJob(row.job), jobSetName: row.jobSetName, estimate }, raw: row.job.raw };
}
