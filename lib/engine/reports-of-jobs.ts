import { inArray } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobColumns } from "#lib/db/queries/job-columns.ts";
import { nextSelectedIds } from "#lib/db/queries/selected-jobs.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobSelection } from "#lib/domain/job-selection.ts";
import { reportLinesOf } from "./report-of-row.ts";

const jobsPerRead = 500;

/** The selected jobs as a report file, streamed. Jobs that never came to a provider are not in it. */
export async function* reportsOfJobs(
  { db, clock }: Pick<AppContext, "db" | "clock">,
  selection: JobSelection,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  const now = clock.now();
  let afterId = "";
  for (;;) {
    const ids = await nextSelectedIds(db, { verb: "report", selection, now, afterId, limit: jobsPerRead });
    const lastId = ids.at(-1);
    if (lastId === undefined) return;
    afterId = lastId;
    const rows = await db.select(jobColumns).from(jobs).where(inArray(jobs.id, ids));
    yield encoder.encode(reportLinesOf(rows));
  }
}
