import { and, eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";

/** Where a result line stands in its job's raw file; null when there is no such line. */
export async function getResultLine(
  db: Database,
  jobId: string,
  lineNumber: number,
): Promise<{ offsetBytes: number; lengthBytes: number } | null> {
  const [row] = await db
    .select({ offsetBytes: requestResults.offsetBytes, lengthBytes: requestResults.lengthBytes })
    .from(requestResults)
    .where(and(eq(requestResults.jobId, jobId), eq(requestResults.lineNumber, lineNumber)));
  return row ?? null;
}
