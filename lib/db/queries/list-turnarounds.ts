import { and, count, eq, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { ComparisonFilter } from "#lib/domain/comparison.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

export type TurnaroundOutcome = "delivered" | "not_delivered" | "cancelled" | "unfinished";

/** Jobs of one provider that ended alike after the same time, or are open at the same age. */
export type TurnaroundCount = {
  provider: ProviderId;
  outcome: TurnaroundOutcome;
  isPartial: boolean;
  /** By the provider's clock; for open jobs their age by ours. Null when the provider gave no times. */
  seconds: number | null;
  jobCount: number;
};

const succeeded = sql`coalesce(${jobs.countSucceeded}, 0)`;
const others = sql`coalesce(${jobs.countFailed}, 0) + coalesce(${jobs.countExpired}, 0) + coalesce(${jobs.countCancelled}, 0)`;

/**
 * Partial jobs count as delivered and are flagged; a "completed" job without a single success does not. Jobs cancelled
 * on demand were taken out of observation; expired and timed-out ones failed to deliver.
 */
const outcome = sql<TurnaroundOutcome>`case
  when ${jobs.userStatus} = 'IN_PROGRESS' then 'unfinished'
  when ${jobs.userStatus} = 'CANCELLED_ON_DEMAND' then 'cancelled'
  when ${jobs.userStatus} = 'CANCELLED_TIMED_OUT' then 'not_delivered'
  when ${jobs.countSucceeded} > 0 or (${jobs.userStatus} = 'SUCCEEDED' and ${jobs.countSucceeded} is null) then 'delivered'
  else 'not_delivered'
end`;

/** Turnarounds of the jobs at a provider that pass the filter, counted per provider, outcome and duration. */
export async function listTurnarounds(
  db: Database,
  filter: ComparisonFilter & { isSimulated: boolean },
  now: Date,
): Promise<TurnaroundCount[]> {
  const isOpen = sql`${jobs.userStatus} = 'IN_PROGRESS'`;
  const seconds = sql<number | null>`extract(epoch from (
    case when ${isOpen} then ${now.toISOString()}::timestamptz else ${jobs.providerEndedAt} end
    - ${jobs.providerCreatedAt}))::float8`;
  const isPartial = sql<boolean>`(${succeeded} > 0 and ${others} > 0 and not ${isOpen})`;
  const rows = await db
    .select({ provider: jobs.provider, outcome, isPartial, seconds, jobCount: count() })
    .from(jobs)
    .where(
      and(
        eq(jobs.isSimulated, filter.isSimulated),
        sql`${jobs.providerJobId} is not null`,
        filter.jobSetId ? eq(jobs.jobSetId, filter.jobSetId) : undefined,
        filter.model ? eq(jobs.model, filter.model) : undefined,
        filter.origin ? eq(jobs.origin, filter.origin) : undefined,
      ),
    )
    // By position in the select list: repeating the expressions would number their parameters anew and not match.
    .groupBy(jobs.provider, sql`2`, sql`3`, sql`4`);
  return rows.map((row) => ({ ...row, seconds: row.seconds === null ? null : Math.max(0, row.seconds) }));
}
