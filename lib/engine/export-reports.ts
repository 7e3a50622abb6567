import type { AppContext } from "#lib/context.ts";
import { listPublicJobs, type PublicJobCursor } from "#lib/db/queries/list-public-jobs.ts";
import type { PublicJobFilter } from "#lib/domain/public-api.ts";
import { reportLinesOf } from "./report-of-row.ts";

const rowsPerPage = 500;

/** The jobs of a filter as a report file, newest first, streamed. Jobs that never came to a provider are not in it. */
export async function* exportReports(
  { db }: Pick<AppContext, "db">,
  filter: PublicJobFilter,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  let after: PublicJobCursor | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof listPublicJobs>> = await listPublicJobs(db, filter, {
      limit: rowsPerPage,
      after,
    });
    const lines = reportLinesOf(page.rows);
    if (lines !== "") yield encoder.encode(lines);
    if (page.next === null) return;
    after = page.next;
  }
}
