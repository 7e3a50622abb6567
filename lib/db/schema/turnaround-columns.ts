import { sql } from "drizzle-orm";
import { doublePrecision, text } from "drizzle-orm/pg-core";
import type { TurnaroundOutcome } from "#lib/domain/turnaround.ts";

/**
 * Partial jobs count as delivered and are flagged; a "completed" job without a single success does not. Jobs cancelled
 * on demand were taken out of observation; expired and timed-out ones failed to deliver.
 */
const outcome = sql`case
  when user_status = 'IN_PROGRESS' then 'unfinished'
  when user_status = 'CANCELLED_ON_DEMAND' then 'cancelled'
  when user_status = 'CANCELLED_TIMED_OUT' then 'not_delivered'
  when count_succeeded > 0 then
    case when coalesce(count_failed, 0) + coalesce(count_expired, 0) + coalesce(count_cancelled, 0) > 0
      then 'partial' else 'delivered' end
  when user_status = 'SUCCEEDED' and count_succeeded is null then 'delivered'
  else 'not_delivered'
end`;

/** By the provider's clock alone, else by ours alone: the two are subtracted only for jobs that we did not submit. */
// `greatest` passes over nulls, so each branch first asks for what it subtracts.
const seconds = sql`(case
  when user_status = 'IN_PROGRESS' then null
  when provider_ended_at is not null and provider_created_at is not null
    then greatest(0, extract(epoch from provider_ended_at - provider_created_at))
  when provider_created_at is not null and end_seen_at is not null
    then greatest(0, extract(epoch from end_seen_at - coalesce(submitted_at, provider_created_at)))
end)::float8`;

const earliestSeconds = sql`(case
  when user_status = 'IN_PROGRESS' then null
  when provider_ended_at is not null and provider_created_at is not null
    then greatest(0, extract(epoch from provider_ended_at - provider_created_at))
  when provider_created_at is not null and end_seen_at is not null then greatest(0, coalesce(
    extract(epoch from last_seen_open_at - coalesce(submitted_at, provider_created_at)), 0))
end)::float8`;

/** What statistics make of a job, computed by the database from its other columns: one definition for all readers. */
export const turnaroundColumns = {
  turnaroundOutcome: text("turnaround_outcome")
    .$type<TurnaroundOutcome>()
    .notNull()
    .generatedAlwaysAs(outcome),
  /**
   * Seconds from creation to end; the latest possible where the provider gives no end time. Null while the job is open
   * and when it is unknown.
   */
  turnaroundSeconds: doublePrecision("turnaround_seconds").generatedAlwaysAs(seconds),
  /** The least possible: less than `turnaroundSeconds` only where the end is known to lie between two checks. */
  turnaroundEarliestSeconds: doublePrecision("turnaround_earliest_seconds").generatedAlwaysAs(
    earliestSeconds,
  ),
};
