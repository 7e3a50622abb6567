import { sql } from "drizzle-orm";
import type { Database } from "./client.ts";

/**
 * Counts all ended jobs anew into `turnaround_counts`. The triggers keep it right on their own; this is for when
 * somebody has changed the table by hand or loaded jobs with the triggers switched off. Ends of jobs that come
 * meanwhile wait for it: a few seconds for a hundred thousand jobs.
 */
export async function rebuildTurnaroundCounts(db: Database): Promise<void> {
  await db.execute(sql`select rebuild_turnaround_counts()`);
}
