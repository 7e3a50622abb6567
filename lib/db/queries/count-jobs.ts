import { count, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobConditions, JobCounts } from "#lib/domain/job-page.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { userStatuses, type UserStatus } from "#lib/domain/user-status.ts";
import { jobConditions } from "./job-conditions.ts";
import { emptyStatusCounts } from "./status-counts.ts";

const maximumModels = 200;

/** How many jobs of a provider have a status. */
export type JobTally = { provider: ProviderId; status: UserStatus; value: number };

/** How many jobs a filter leaves, by status and by provider; one pass over an index gives all of it. */
export async function countJobs(db: Database, filter: JobConditions): Promise<JobCounts> {
  const tallies = await db
    .select({ provider: jobs.provider, status: jobs.userStatus, value: count() })
    .from(jobs)
    .where(jobConditions(db, { ...filter, providers: [], statuses: [] }))
    .groupBy(jobs.provider, jobs.userStatus);
  return toJobCounts(db, filter, tallies);
}

/** The counts of a filter, from those of the same filter without its providers and statuses. */
export async function toJobCounts(
  db: Database,
  filter: Pick<JobConditions, "providers" | "statuses">,
  tallies: readonly JobTally[],
): Promise<JobCounts> {
  const hasProvider = ({ provider }: JobTally) =>
    filter.providers.length === 0 || filter.providers.includes(provider);
  const hasStatus = ({ status }: JobTally) =>
    filter.statuses.length === 0 || filter.statuses.includes(status);
  const statusCounts = emptyStatusCounts();
  for (const status of userStatuses) {
    statusCounts[status] = sumOf(tallies.filter((tally) => tally.status === status && hasProvider(tally)));
  }
  // Every provider has its key: `providerIds` names them all.
  const providerCounts = Object.fromEntries(
    providerIds.map((id) => [
      id,
      sumOf(tallies.filter((tally) => tally.provider === id && hasStatus(tally))),
    ]),
  ) as JobCounts["providerCounts"];
  return {
    total: sumOf(tallies.filter((tally) => hasProvider(tally) && hasStatus(tally))),
    statusCounts,
    providerCounts,
    models: await readModels(db),
    hasJobs: tallies.length > 0 || (await readHasJobs(db)),
  };
}

function sumOf(tallies: readonly JobTally[]): number {
  return tallies.reduce((sum, { value }) => sum + value, 0);
}

/** The distinct models, each found by one step in the index; `select distinct` would read all of it. */
async function readModels(db: Database): Promise<string[]> {
  const found = await db.select({ model: sql<string>`step.model` }).from(
    sql`(with recursive step as (
        (select ${jobs.model} as model from ${jobs} where ${jobs.model} is not null order by ${jobs.model} limit 1)
        union all
        select (select ${jobs.model} from ${jobs} where ${jobs.model} > step.model order by ${jobs.model} limit 1)
        from step where step.model is not null
      ) select model from step where model is not null limit ${maximumModels}) as step`,
  );
  return found.map(({ model }) => model);
}

async function readHasJobs(db: Database): Promise<boolean> {
  return (await db.select({ id: jobs.id }).from(jobs).limit(1)).length > 0;
}
