import { eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import type { JobSetSummary } from "#lib/domain/job-set-summary.ts";
import { summarise } from "./list-job-sets.ts";

/** A job set with the state of its lanes; null when the id is unknown. */
export async function getJobSet(db: Database, jobSetId: string): Promise<JobSetSummary | null> {
  const sets = await db.select().from(jobSets).where(eq(jobSets.id, jobSetId));
  const [summary] = await summarise(db, sets);
  return summary ?? null;
}
