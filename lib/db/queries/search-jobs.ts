import { and, inArray, sql, type SQL } from "drizzle-orm";
import * as z from "zod/mini";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { JobFilter } from "#lib/domain/job-page.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";
import type { JobTally } from "./count-jobs.ts";
import { jobConditions } from "./job-conditions.ts";
import { offsetOf, orderOf } from "./job-order.ts";

const resultSchema = z.object({
  rows: z.array(
    z.object({
      tallies: z.array(
        z.object({ provider: z.enum(providerIds), status: z.enum(userStatuses), value: z.int() }),
      ),
      ids: z.array(z.string()),
    }),
  ),
});

/**
 * The ids of one page of a search, with the counts of all that it finds by provider and status: every row's text must be
 * looked at, so it is done once for both. The jobs are found first and ordered then; to walk through all jobs in their
 * order until a page of rare matches is full would read every row.
 */
export async function searchJobs(
  db: Database,
  filter: JobFilter,
): Promise<{ tallies: JobTally[]; ids: string[] }> {
  const sortKeys: Record<JobFilter["sort"], SQL> = {
    launched: sql``,
    provider: sql``,
    status: sql``,
    turnaround: sql`, ${jobs.providerCreatedAt}, ${jobs.providerEndedAt}`,
    lastChecked: sql`, ${jobs.lastCheckedAt}`,
  };
  const { providers, statuses } = filter;
  const isOnPage = and(
    providers.length > 0 ? inArray(jobs.provider, providers) : undefined,
    statuses.length > 0 ? inArray(jobs.userStatus, statuses) : undefined,
  );
  const result = await db.execute(sql`
    with found as materialized (
      select ${jobs.id}, ${jobs.provider}, ${jobs.userStatus}, ${jobs.launchedAt}, ${jobs.launchOrder}${sortKeys[filter.sort]}
      from ${jobs} where ${jobConditions(db, { ...filter, providers: [], statuses: [] })}
    ), tallies as (
      select provider, user_status as status, count(*)::integer as value from found group by 1, 2
    )
    select
      coalesce((select json_agg(tallies) from tallies), '[]') as tallies,
      array(
        select "jobs"."id" from found as "jobs" where ${isOnPage ?? sql`true`}
        order by ${sql.join(orderOf(filter), sql`, `)} limit ${filter.pageSize} offset ${offsetOf(filter)}
      ) as ids`);
  const [row] = resultSchema.parse(result).rows;
  return row ?? { tallies: [], ids: [] };
}
