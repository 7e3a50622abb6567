import { and, count, eq, gte, inArray, isNotNull, isNull, lt, ne, or, sql, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { settingsIdOfJob } from "./lane-settings.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { JobSize } from "#lib/domain/job-size.ts";
import type { JobTask } from "#lib/domain/job-values.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { TurnaroundOutcome } from "#lib/domain/turnaround.ts";

/** So many rows are read within a few milliseconds, also by the embedded database, which works in this thread. */
const pageSize = 2_000;

/** What statistics know of one job. Seconds are null where the provider told no such time. */
export type TurnaroundFact = {
  provider: ProviderId;
  model: string | null;
  task: JobTask;
  requestCount: number | null;
  /** `settingsId` of the job's lane; null without a lane, and unless it was asked for. */
  settingsId: string | null;
  /** Provider clock, seconds since 1970. */
  createdAtSeconds: number;
  outcome: TurnaroundOutcome;
  /** From creation to end; null while the job is open and when it is unknown. */
  seconds: number | null;
  /** The least possible, where the end lies between two checks; else as `seconds`. */
  earliestSeconds: number | null;
  waitingSeconds: number | null;
  runningSeconds: number | null;
  finalizingSeconds: number | null;
  detectionLagSeconds: number | null;
  totalTokens: number | null;
};

export type TurnaroundSelection = Omit<ComparisonFilter, "groupBy" | "isPaired" | "waveMinutes" | "kind"> & {
  isSimulated: boolean;
};

/** Jobs at a provider that pass the filter and have a creation time. */
export type ListOptions = { only?: "unfinished" | "ended"; withSettings?: boolean };

const secondsBetween = (start: SQL, end: SQL) =>
  sql<number | null>`extract(epoch from ${end} - ${start})::float8`;
const epoch = (column: SQL) => sql<number>`extract(epoch from ${column})::float8`;
const created = sql`${jobs.providerCreatedAt}`;
const started = sql`${jobs.providerStartedAt}`;
const finalizing = sql`${jobs.providerFinalizingAt}`;
const ended = sql`${jobs.providerEndedAt}`;

const factColumns = {
  id: jobs.id,
  createdAt: sql<string>`${jobs.providerCreatedAt}::text`,
  provider: jobs.provider,
  model: jobs.model,
  task: jobs.task,
  requestCount: jobs.requestCount,
  createdAtSeconds: epoch(created),
  outcome: jobs.turnaroundOutcome,
  seconds: jobs.turnaroundSeconds,
  earliestSeconds: jobs.turnaroundEarliestSeconds,
  waitingSeconds: secondsBetween(created, started),
  runningSeconds: secondsBetween(started, sql`coalesce(${finalizing}, ${ended})`),
  finalizingSeconds: secondsBetween(finalizing, ended),
  detectionLagSeconds: secondsBetween(ended, sql`${jobs.endSeenAt}`),
  totalTokens: jobs.totalTokens,
};

/**
 * The chosen jobs in order of their creation at the provider, a page at a time, so that any number of them neither
 * fills the memory nor holds up other work.
 */
export async function* listTurnarounds(
  db: Database,
  selection: TurnaroundSelection,
  { only, withSettings = false }: ListOptions = {},
): AsyncGenerator<TurnaroundFact[]> {
  const conditions = [
    ...conditionsOf(selection),
    isNotNull(jobs.providerCreatedAt),
    only === undefined
      ? undefined
      : only === "unfinished"
        ? sql`${jobs.turnaroundOutcome} = 'unfinished'`
        : sql`${jobs.turnaroundOutcome} <> 'unfinished'`,
  ];
  let after: SQL | undefined;
  for (;;) {
    const rows = await db
      .select({ ...factColumns, settingsId: withSettings ? settingsIdOfJob : sql<null>`null` })
      .from(jobs)
      .where(and(...conditions, after))
      .orderBy(jobs.providerCreatedAt, jobs.id)
      .limit(pageSize);
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = sql`(${jobs.providerCreatedAt}, ${jobs.id}) > (${last.createdAt}::timestamptz, ${last.id})`;
  }
}

/** Jobs at a provider that pass the filter without a creation time, so that nothing can be said of their turnaround. */
export type UntimedCount = Pick<
  TurnaroundFact,
  "provider" | "model" | "task" | "requestCount" | "settingsId" | "outcome"
> & {
  jobCount: number;
};

/** Counts what `listTurnarounds` leaves out. With a launch time filter there is nothing: it asks for that very time. */
export async function countUntimed(db: Database, selection: TurnaroundSelection): Promise<UntimedCount[]> {
  if (selection.launchedFrom || selection.launchedBefore) return [];
  return db
    .select({
      provider: jobs.provider,
      model: jobs.model,
      task: jobs.task,
      requestCount: jobs.requestCount,
      settingsId: sql<null>`null`,
      outcome: jobs.turnaroundOutcome,
      jobCount: count(),
    })
    .from(jobs)
    .where(and(...conditionsOf(selection), isNull(jobs.providerCreatedAt)))
    .groupBy(jobs.provider, jobs.model, jobs.task, jobs.requestCount, jobs.turnaroundOutcome);
}

/** What a selection asks of the rows of `jobs`. */
export function conditionsOf(selection: TurnaroundSelection): (SQL | undefined)[] {
  const { jobSetId, providers, model, task, size, origin, launchedFrom, launchedBefore } = selection;
  return [
    eq(jobs.isSimulated, selection.isSimulated),
    isNotNull(jobs.providerJobId),
    // An imported job that nobody watches was open when its file was written; how long it stayed so is not known.
    or(ne(jobs.step, "done"), ne(jobs.userStatus, "IN_PROGRESS")),
    jobSetId ? eq(jobs.jobSetId, jobSetId) : undefined,
    providers.length > 0 ? inArray(jobs.provider, providers) : undefined,
    model ? eq(jobs.model, model) : undefined,
    task ? eq(jobs.task, task) : undefined,
    origin ? eq(jobs.origin, origin) : undefined,
    size ? sizeCondition(size) : undefined,
    launchedFrom ? gte(jobs.providerCreatedAt, launchedFrom) : undefined,
    launchedBefore ? lt(jobs.providerCreatedAt, launchedBefore) : undefined,
  ];
}

function sizeCondition(size: JobSize): SQL {
  if (size === "unknown") return sql`coalesce(${jobs.requestCount}, 0) < 1`;
  const [from, to] = size.split(/[-+]/).map(Number);
  const least = gte(jobs.requestCount, from ?? 1);
  if (size.endsWith("+")) return least;
  return sql`${least} and ${jobs.requestCount} <= ${to ?? from ?? 1}`;
}
