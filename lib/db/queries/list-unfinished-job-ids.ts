import { and, eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";

/** Ids of the jobs of a set that have not ended. At most 10,000, the largest set. */
export async function listUnfinishedJobIds(db: Database, jobSetId: string): Promise<string[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.jobSetId, jobSetId), eq(jobs.userStatus, "IN_PROGRESS")));
  return rows.map((row) => row.id);
}
