import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { JobOrigin, JobStep, JobTask } from "#lib/domain/job-values.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { CancelReason, UserStatus } from "#lib/domain/user-status.ts";
import { jobSets } from "./job-sets.ts";
import { lanes } from "./lanes.ts";
import { turnaroundColumns } from "./turnaround-columns.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What a row was launched for, apart from the batch that it holds. */
export type LaunchIntent = {
  jobSetId: string | null;
  laneId: string | null;
  model: string | null;
  maxOutputTokens: number | null;
  requestCount: number | null;
  nonce: string | null;
  promptOffset: number;
  launchOrder: number;
  timeOutSeconds: number | null;
};

export const jobs = pgTable(
  "jobs",
  {
    id: text("id").primaryKey(),
    jobSetId: text("job_set_id").references(() => jobSets.id, { onDelete: "cascade" }),
    laneId: text("lane_id").references(() => lanes.id, { onDelete: "cascade" }),
    origin: text("origin").$type<JobOrigin>().notNull(),
    provider: text("provider").$type<ProviderId>().notNull(),
    account: text("account").notNull(),
    isSimulated: boolean("is_simulated").notNull(),
    model: text("model"),
    task: text("task").$type<JobTask>().notNull(),
    requestCount: integer("request_count"),
    maxOutputTokens: integer("max_output_tokens"),
    /** Random part of this job's custom ids; null for jobs that were not launched here. */
    nonce: text("nonce"),
    /** Position of the job's first prompt in its set's prompts. */
    promptOffset: integer("prompt_offset").notNull().default(0),
    /** Place in the random order in which the set's jobs were submitted. */
    launchOrder: integer("launch_order").notNull().default(0),

    providerJobId: text("provider_job_id"),
    serviceStatus: text("service_status"),
    userStatus: text("user_status").$type<UserStatus>().notNull(),
    step: text("step").$type<JobStep>().notNull(),

    countTotal: integer("count_total"),
    countSucceeded: integer("count_succeeded"),
    countFailed: integer("count_failed"),
    countExpired: integer("count_expired"),
    countCancelled: integer("count_cancelled"),
    countUnfinished: integer("count_unfinished"),

    providerCreatedAt: moment("provider_created_at"),
    providerStartedAt: moment("provider_started_at"),
    providerFinalizingAt: moment("provider_finalizing_at"),
    providerCancellingAt: moment("provider_cancelling_at"),
    providerEndedAt: moment("provider_ended_at"),
    providerExpiresAt: moment("provider_expires_at"),

    launchedAt: moment("launched_at").notNull(),
    /** Seconds after its submission at which a job launched here is cancelled; null for adopted jobs. */
    timeOutSeconds: integer("time_out_seconds"),
    /** Which attempt of which process may submit the job now. Whoever takes over replaces it; see decision 008. */
    submitLease: text("submit_lease"),
    /** Set right before the call that costs money, so that a crash in it is noticed and reconciled. */
    submitStartedAt: moment("submit_started_at"),
    /** Until when that call can still be on its way. */
    submitDeadline: moment("submit_deadline"),
    /** The uploaded requests that the call refers to, where the provider takes a file: without it the call fails. */
    inputFile: text("input_file"),
    /** The batch was found by its shape; only the nonce in its results proves whose it is. */
    isUnproven: boolean("is_unproven").notNull().default(false),
    /** Batches of the same shape that turned out to be somebody else's. */
    foreignIds: jsonb("foreign_ids").$type<string[]>().notNull().default([]),
    /**
     * What this row was launched for before it turned out to hold what another one was launched for as well: its own
     * requests may still be at the provider.
     */
    displacedIntents: jsonb("displaced_intents").$type<LaunchIntent[]>().notNull().default([]),
    submittedAt: moment("submitted_at"),
    lastCheckedAt: moment("last_checked_at"),
    /** The last check that still found the job open: where no end time comes, it ended after this. */
    lastSeenOpenAt: moment("last_seen_open_at"),
    nextCheckAt: moment("next_check_at"),
    endSeenAt: moment("end_seen_at"),
    /**
     * When it ended as far as we know: when we learned of it, or the launch of one that failed before it was submitted.
     * One that was not launched here may have ended long before: there the provider says when. Null while it is open.
     */
    endedAt: moment("ended_at").generatedAlwaysAs(
      sql`case when user_status <> 'IN_PROGRESS' then
        coalesce(case when origin <> 'launched' then provider_ended_at end, end_seen_at, launched_at) end`,
    ),
    cancelRequestedAt: moment("cancel_requested_at"),
    cancelSentAt: moment("cancel_sent_at"),
    collectedAt: moment("collected_at"),
    /** When our copy of the results was deleted to make room. */
    resultsPrunedAt: moment("results_pruned_at"),

    /** Attempts of the present step that failed in a row; decides the back-off. */
    attempts: integer("attempts").notNull().default(0),

    cancelReason: text("cancel_reason").$type<CancelReason>(),
    failureCode: text("failure_code"),
    failureMessage: text("failure_message"),
    trouble: text("trouble"),
    raw: jsonb("raw").$type<unknown>(),

    /** When the provider's copy was deleted at our request; ours stays. */
    providerRemovedAt: moment("provider_removed_at"),

    resultLineCount: integer("result_line_count"),
    resultUnreadableCount: integer("result_unreadable_count"),
    resultSizeBytes: bigint("result_size_bytes", { mode: "number" }),
    inputTokens: bigint("input_tokens", { mode: "number" }),
    outputTokens: bigint("output_tokens", { mode: "number" }),
    totalTokens: bigint("total_tokens", { mode: "number" }),
    cachedTokens: bigint("cached_tokens", { mode: "number" }),
    reasoningTokens: bigint("reasoning_tokens", { mode: "number" }),

    /** What the search of the job list looks at, in lower case: comparing exactly is four times as fast as `ilike`. */
    searchText: text("search_text").generatedAlwaysAs(
      sql`lower(id || ' ' || coalesce(provider_job_id, '') || ' ' || coalesce(model, ''))`,
    ),
    ...turnaroundColumns,
  },
  (table) => [
    uniqueIndex("jobs_provider_job_id").on(table.provider, table.account, table.providerJobId),
    index("jobs_provider_created_at").on(table.provider, table.account, table.providerCreatedAt),
    index("jobs_job_set_id").on(table.jobSetId, table.launchOrder),
    index("jobs_turnaround").on(table.isSimulated, table.providerCreatedAt, table.id),
    index("jobs_open_turnaround")
      .on(table.isSimulated, table.providerCreatedAt, table.id)
      .where(sql`${table.turnaroundOutcome} = 'unfinished'`),
    index("jobs_origin").on(table.isSimulated, table.origin),
    // Each order of the job list has an index that holds all of its sort keys, so that the place of a page in 100,000
    // jobs is found without touching their rows; those by status, provider and model also answer the counts.
    index("jobs_launched_at").on(table.launchedAt, table.launchOrder, table.id),
    index("jobs_user_status").on(table.userStatus, table.launchedAt, table.launchOrder, table.id),
    index("jobs_provider").on(
      table.provider,
      table.userStatus,
      table.launchedAt,
      table.launchOrder,
      table.id,
    ),
    index("jobs_model").on(
      table.model,
      table.provider,
      table.userStatus,
      table.launchedAt,
      table.launchOrder,
      table.id,
    ),
    index("jobs_last_checked_at").on(table.lastCheckedAt.nullsFirst(), table.launchOrder, table.id),
    index("jobs_turnaround_shortest").on(
      sql`(provider_ended_at - provider_created_at)`,
      table.launchOrder,
      table.id,
    ),
    index("jobs_turnaround_longest").on(
      sql`(provider_ended_at - provider_created_at) desc nulls last`,
      table.launchOrder.desc(),
      table.id.desc(),
    ),
    index("jobs_search").on(
      table.searchText,
      table.jobSetId,
      table.provider,
      table.userStatus,
      table.launchedAt,
      table.launchOrder,
      table.id,
    ),
    index("jobs_due")
      .on(table.account, table.nextCheckAt)
      .where(sql`${table.step} = 'poll'`),
    // What the first page counts: what ended since a moment, and how the open jobs at their providers stand.
    index("jobs_ended_at")
      .on(
        table.endedAt,
        table.userStatus,
        table.provider,
        table.turnaroundOutcome,
        table.isSimulated,
        table.id,
      )
      .where(sql`${table.endedAt} is not null`),
    index("jobs_trouble")
      .on(table.id)
      .where(sql`${table.trouble} is not null`),
    index("jobs_open_windows")
      .on(
        table.provider,
        table.providerCreatedAt,
        table.submittedAt,
        table.timeOutSeconds,
        table.providerExpiresAt,
        table.cancelRequestedAt,
        table.isUnproven,
        table.isSimulated,
        table.id,
      )
      .where(sql`${table.userStatus} = 'IN_PROGRESS' and ${table.step} = 'poll'`),
    index("jobs_displaced_intents")
      .on(table.account)
      .where(sql`${table.displacedIntents} <> '[]'`),
    index("jobs_unfinished")
      .on(table.step)
      .where(sql`${table.step} <> 'done'`),
  ],
);

export type JobRow = typeof jobs.$inferSelect;
export type NewJobRow = typeof jobs.$inferInsert;
