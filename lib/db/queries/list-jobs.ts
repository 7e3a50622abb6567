import { and, asc, count, desc, eq, ilike, inArray, isNotNull, or, sql, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { toJob } from "#lib/db/job-mapper.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobFilter, JobPage } from "#lib/domain/job-page.ts";
import { userStatuses, type UserStatus } from "#lib/domain/user-status.ts";
import { jobColumns } from "./job-columns.ts";
import { readEndEstimates } from "./end-estimates.ts";
import { readStatusCounts } from "./status-counts.ts";

const maximumModels = 200;

/** One page of jobs with counts per status; the counts follow every filter except that of the status itself. */
export async function listJobs(db: Database, filter: JobFilter): Promise<JobPage> {
  const withoutStatus = and(...conditionsOf(filter));
  const condition = and(
    withoutStatus,
    filter.statuses.length > 0 ? inArray(jobs.userStatus, filter.statuses) : undefined,
  );
  const rows = await db
    .select({ ...jobColumns, jobSetName: jobSets.name })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .where(condition)
    .orderBy(...orderOf(filter))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  const estimates = await readEndEstimates(
    db,
    rows.map((row) => row.id),
  );
  const statusCounts = await readStatusCounts(db, withoutStatus);
  const shown: readonly UserStatus[] = filter.statuses.length > 0 ? filter.statuses : userStatuses;
  const [all] = await db.select({ value: count() }).from(jobs);
  return {
    jobs: rows.map(({ jobSetName, ...row }) => ({
      ...toJob(row),
      jobSetName,
      estimate: estimates.get(row.id) ?? null,
    })),
    total: shown.reduce((sum, status) => sum + statusCounts[status], 0),
    statusCounts,
    models: await readModels(db),
    totalUnfiltered: all?.value ?? 0,
  };
}

function conditionsOf(filter: JobFilter): (SQL | undefined)[] {
  const conditions: (SQL | undefined)[] = [];
  if (filter.providers.length > 0) conditions.push(inArray(jobs.provider, filter.providers));
  if (filter.jobSetId) conditions.push(eq(jobs.jobSetId, filter.jobSetId));
  if (filter.model) conditions.push(eq(jobs.model, filter.model));
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(
      or(
        ilike(jobs.id, pattern),
        ilike(jobs.providerJobId, pattern),
        ilike(jobs.model, pattern),
        ilike(jobSets.name, pattern),
      ),
    );
  }
  return conditions;
}

/** Sort keys through an allow-list; ties and unknowns fall in a fixed order, so that pages never overlap. */
function orderOf({ sort, direction }: JobFilter): SQL[] {
  const columns: Record<JobFilter["sort"], SQL> = {
    launched: sql`${jobs.launchedAt}`,
    provider: sql`${jobs.provider}`,
    status: sql`${jobs.userStatus}`,
    turnaround: sql`(${jobs.providerEndedAt} - ${jobs.providerCreatedAt})`,
    lastChecked: sql`${jobs.lastCheckedAt}`,
  };
  const primary =
    direction === "asc" ? sql`${columns[sort]} asc nulls last` : sql`${columns[sort]} desc nulls last`;
  return [primary, asc(jobs.launchOrder), desc(jobs.id)];
}

async function readModels(db: Database): Promise<string[]> {
  const rows = await db
    .selectDistinct({ model: jobs.model })
    .from(jobs)
    .where(isNotNull(jobs.model))
    .orderBy(asc(jobs.model))
    .limit(maximumModels);
  return rows.flatMap((row) => (row.model === null ? [] : [row.model]));
}
