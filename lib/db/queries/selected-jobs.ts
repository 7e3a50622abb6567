import {
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  notInArray,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { filterAt, jobFilterSchema } from "#lib/domain/job-page.ts";
import type { BulkPreview, BulkVerb, JobSelection } from "#lib/domain/job-selection.ts";
import { orderOf } from "./job-order.ts";
import { jobConditions } from "./job-conditions.ts";

type Selected = { verb: BulkVerb; selection: JobSelection; now: Date };

/** How many jobs are selected, and how many of them the verb applies to, by provider and status. */
export async function previewSelected(
  db: Database,
  { verb, selection, now }: Selected,
): Promise<BulkPreview> {
  const groups = await db
    .select({
      provider: jobs.provider,
      userStatus: jobs.userStatus,
      jobCount: count(),
      applicableCount: sql<number>`count(*) filter (where ${appliesTo(verb)})`.mapWith(Number),
    })
    .from(jobs)
    .where(isSelected(db, selection, now))
    .groupBy(jobs.provider, jobs.userStatus)
    .orderBy(jobs.provider, jobs.userStatus);
  return { groups };
}

export async function countSelected(db: Database, { verb, selection, now }: Selected): Promise<number> {
  const [row] = await db
    .select({ value: count() })
    .from(jobs)
    .where(and(isSelected(db, selection, now), appliesTo(verb)));
  return row?.value ?? 0;
}

/**
 * The next ids of selected jobs that the verb applies to, in the order of the ids. That order does not change while
 * the verb takes jobs out of the filter.
 */
export async function nextSelectedIds(
  db: Database,
  { verb, selection, now, afterId, limit }: Selected & { afterId: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(isSelected(db, selection, now), appliesTo(verb), gt(jobs.id, afterId)))
    .orderBy(asc(jobs.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** The ids of all selected jobs: in the order of the filter that selected them, those picked by hand newest first. */
export async function listSelectedIds(
  db: Database,
  { selection, now }: Pick<Selected, "selection" | "now">,
): Promise<string[]> {
  const order = selection.kind === "matching" ? selection.filter : jobFilterSchema.parse({});
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(isSelected(db, selection, now))
    .orderBy(...orderOf(order));
  return rows.map(({ id }) => id);
}

/** Jobs launched after `now` were not on the screen when somebody chose "all that match". */
function isSelected(db: Database, selection: JobSelection, now: Date): SQL | undefined {
  if (selection.kind === "some") return inArray(jobs.id, selection.jobIds);
  return and(
    jobConditions(db, filterAt(selection.filter, now)),
    sql`${jobs.launchedAt} <= ${now.toISOString()}`,
    selection.exceptIds.length > 0 ? notInArray(jobs.id, selection.exceptIds) : undefined,
  );
}

function appliesTo(verb: BulkVerb): SQL {
  const conditions: Record<BulkVerb, SQL | undefined> = {
    cancel: and(eq(jobs.userStatus, "IN_PROGRESS"), isNull(jobs.cancelRequestedAt)),
    check: sql`${jobs.step} <> 'done'`,
    download: sql`coalesce(${jobs.resultLineCount}, 0) > 0`,
    report: isNotNull(jobs.providerJobId),
    // The provider's copy may be the only one as long as ours is not complete.
    remove: and(
      eq(jobs.step, "done"),
      isNotNull(jobs.providerJobId),
      isNull(jobs.providerRemovedAt),
      or(isNotNull(jobs.resultLineCount), sql`coalesce(${jobs.countSucceeded}, 0) = 0`),
    ),
  };
  return conditions[verb] ?? sql`false`;
}
