import { sql } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { valuesTable } from "#lib/db/update-rows.ts";
import type { OpenJob } from "./record.ts";

/**
 * Writes what was seen of jobs that are still open, in at most two statements for all of them, and tells open pages of
 * those that have come further. Rows that have moved on in the meantime are left alone. Rows are locked in the order of
 * their ids, so that two statements of this kind do not wait for each other in a ring.
 */
export async function recordOpenJobs(context: AppContext, open: readonly OpenJob[]): Promise<void> {
  const now = context.clock.now();
  await writeRows(
    context,
    open
      .filter(({ change }) => change === null)
      .map(({ id, nextCheckAt }) => ({ id, lastCheckedAt: now, lastSeenOpenAt: now, nextCheckAt })),
  );
  const further = open.flatMap(({ id, jobSetId, change, isSeen }) =>
    change === null ? [] : [{ row: { id, ...change }, announced: isSeen ? [{ id, jobSetId }] : [] }],
  );
  await writeRows(
    context,
    further.map(({ row }) => row),
  );
  await Promise.all(further.flatMap(({ announced }) => announced.map((job) => context.live.announce(job))));
}

async function writeRows(
  context: AppContext,
  rows: readonly ({ id: string } & Record<string, unknown>)[],
): Promise<void> {
  if (rows.length === 0) return;
  const { from, assignments } = valuesTable(jobs, "seen", rows);
  const ids = sql.param(rows.map(({ id }) => id));
  await context.db.execute(sql`
    update jobs set ${assignments} from ${from}
    join (
      select jobs.id from jobs where jobs.id = any(${ids}) and jobs.step = 'poll' and jobs.end_seen_at is null
      order by jobs.id for update
    ) as open_jobs on open_jobs.id = seen.id
    where jobs.id = seen.id`);
}
