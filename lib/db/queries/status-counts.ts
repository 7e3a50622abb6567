import { count, eq, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { StatusCounts } from "#lib/domain/job-set-summary.ts";

export function emptyStatusCounts(): StatusCounts {
  return { IN_PROGRESS: 0, SUCCEEDED: 0, FAILED: 0, CANCELLED_TIMED_OUT: 0, CANCELLED_ON_DEMAND: 0 };
}

/** Number of jobs per user status; statuses without jobs are 0. The condition may name columns of the job's set. */
export async function readStatusCounts(db: Database, condition: SQL | undefined): Promise<StatusCounts> {
  const rows = await db
    .select({ status: jobs.userStatus, value: count() })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .where(condition)
    .groupBy(jobs.userStatus);
  const counts = emptyStatusCounts();
  for (const row of rows) counts[row.status] = row.value;
  return counts;
}
