import { and, eq, isNull, ne, or, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { maximumErrorKinds, type ErrorKind } from "#lib/domain/error-kind.ts";

/** One kind with the place of its example in the raw result file. */
export type StoredErrorKind = Omit<ErrorKind, "requestId"> & { offsetBytes: number; lengthBytes: number };

/** The bad outcomes of a job by kind, the most frequent first. Messages that differ in numbers alone are one kind. */
export async function listErrorKinds(db: Database, jobId: string): Promise<StoredErrorKind[]> {
  const pattern = sql`regexp_replace(left(coalesce(${requestResults.errorMessage}, ''), 300), '[0-9]+', '#', 'g')`;
  const kinds = db
    .select({
      requestCount: sql<number>`count(*)`.mapWith(Number).as("request_count"),
      firstLine: sql<number>`min(${requestResults.lineNumber})`.as("first_line"),
    })
    .from(requestResults)
    .where(
      and(
        eq(requestResults.jobId, jobId),
        or(isNull(requestResults.outcome), ne(requestResults.outcome, "succeeded")),
      ),
    )
    .groupBy(requestResults.outcome, requestResults.errorCode, pattern)
    .orderBy(sql`request_count desc`, sql`first_line`)
    .limit(maximumErrorKinds)
    .as("kinds");
  return db
    .select({
      outcome: requestResults.outcome,
      code: requestResults.errorCode,
      message: requestResults.errorMessage,
      requestCount: kinds.requestCount,
      lineNumber: requestResults.lineNumber,
      customId: requestResults.customId,
      offsetBytes: requestResults.offsetBytes,
      lengthBytes: requestResults.lengthBytes,
    })
    .from(kinds)
    .innerJoin(
      requestResults,
      and(eq(requestResults.jobId, jobId), eq(requestResults.lineNumber, kinds.firstLine)),
    )
    .orderBy(sql`${kinds.requestCount} desc`, requestResults.lineNumber);
}
