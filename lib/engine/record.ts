import { and, eq, isNull, ne, type SQL } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { ListedJobRow } from "#lib/db/job-mapper.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { isKnownServiceStatus, userStatusOf } from "#lib/domain/status-table.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";
import { checkIntervalSeconds, isEndingStatus, remainingSecondsOf } from "./check-interval.ts";
import { jobMessage } from "./job-message.ts";

/** How long results may be missing after the end before we stop waiting for them. */
const missingResultsPatienceSeconds = 15 * 60;

/** A job's row as the engine reads it; the provider's object is written only. */
export type KnownJob = ListedJobRow;

type Recording = {
  /** Further columns to write. */
  extra?: Partial<NewJobRow>;
  /** What must still hold of the row. */
  guard?: SQL | undefined;
  /** How long jobs like this one take; null when that is not known. */
  typicalSeconds?: number | null;
  /** Writes the columns another way than by a statement for this row; sees to the guard and the current row itself. */
  write?: (change: RecordedChange) => Promise<RecordedRow | null>;
};

export type RecordedChange = Partial<NewJobRow>;
export type RecordedRow = Pick<JobRow, "step" | "cancelRequestedAt">;

/**
 * Writes what a provider says of a job, decides its user status and the step that is due, and tells open pages
 * when something visible changed. Null when nothing was written, because the row has moved on.
 */
export async function recordProviderJob(
  context: AppContext,
  job: KnownJob,
  seen: ProviderJob,
  { extra = {}, guard, typicalSeconds = null, write }: Recording = {},
): Promise<RecordedRow | null> {
  if (!isKnownServiceStatus(seen.provider, seen.serviceStatus)) {
    context.log.warn(
      { jobId: job.id, provider: seen.provider, serviceStatus: seen.serviceStatus },
      "unknown service status",
    );
  }
  const change = { ...describeProviderJob(job, seen, context.clock.now(), typicalSeconds), ...extra };
  const written = await (write ? write(change) : writeRow(context, job, change, { seen, guard }));
  if (!written) return null;
  if (changesWhatIsSeen(job, change)) await context.live.announce(job);
  if (change.step === "collect") {
    await context.queue.send("collect", [jobMessage(job)]);
  }
  return written;
}

async function writeRow(
  { db }: AppContext,
  job: KnownJob,
  change: RecordedChange,
  { seen, guard }: { seen: ProviderJob; guard: SQL | undefined },
): Promise<RecordedRow | null> {
  // An answer that was overtaken by a newer one must not reopen a job.
  const isCurrent = and(
    eq(jobs.id, job.id),
    ne(jobs.step, "done"),
    seen.hasEnded ? undefined : isNull(jobs.endSeenAt),
    guard,
  );
  const [written] = await db
    .update(jobs)
    .set(change)
    .where(isCurrent)
    .returning({ step: jobs.step, cancelRequestedAt: jobs.cancelRequestedAt });
  return written ?? null;
}

/** What a job's row becomes when its provider shows it as `seen`. A timestamp once known is never cleared. */
export function describeProviderJob(
  job: KnownJob,
  seen: ProviderJob,
  now: Date,
  typicalSeconds: number | null = null,
) {
  const endSeenAt = seen.hasEnded ? (job.endSeenAt ?? now) : null;
  const userStatus = userStatusOf({
    provider: seen.provider,
    serviceStatus: seen.serviceStatus,
    counts: seen.counts,
    createdAt: seen.timestamps.createdAt ?? job.providerCreatedAt,
    endedAt: seen.timestamps.endedAt ?? job.providerEndedAt,
    cancelReason: job.cancelReason,
  });
  const step = nextStep(seen, userStatus, endSeenAt, now);
  return {
    providerJobId: seen.id,
    serviceStatus: seen.serviceStatus,
    userStatus,
    step,
    model: job.model ?? seen.model,
    requestCount: job.requestCount ?? seen.counts.total,
    countTotal: seen.counts.total || job.requestCount,
    countSucceeded: seen.counts.succeeded,
    countFailed: seen.counts.failed,
    countExpired: seen.counts.expired,
    countCancelled: seen.counts.cancelled,
    countUnfinished: seen.counts.unfinished,
    providerCreatedAt: seen.timestamps.createdAt ?? job.providerCreatedAt,
    providerStartedAt: seen.timestamps.startedAt ?? job.providerStartedAt,
    providerFinalizingAt: seen.timestamps.finalizingAt ?? job.providerFinalizingAt,
    providerCancellingAt: seen.timestamps.cancellingAt ?? job.providerCancellingAt,
    providerEndedAt: seen.timestamps.endedAt ?? job.providerEndedAt,
    providerExpiresAt: seen.timestamps.expiresAt ?? job.providerExpiresAt,
    lastCheckedAt: now,
    lastSeenOpenAt: seen.hasEnded ? job.lastSeenOpenAt : now,
    nextCheckAt: step === "poll" ? nextCheckAt(job, seen, now, typicalSeconds) : null,
    endSeenAt,
    failureCode: seen.failure?.code ?? null,
    failureMessage: seen.failure?.message ?? null,
    trouble: null,
    attempts: 0,
    raw: seen.raw,
  } satisfies Partial<NewJobRow>;
}

/** A job that is to be timed out is looked at when that is due, however old it is. */
function nextCheckAt(job: KnownJob, seen: ProviderJob, now: Date, typicalSeconds: number | null): Date {
  const ageSeconds = (now.getTime() - (job.submittedAt ?? job.launchedAt).getTime()) / 1000;
  const next = after(
    now,
    checkIntervalSeconds({
      ageSeconds,
      remainingSeconds: remainingSecondsOf(seen, ageSeconds, typicalSeconds),
      isEnding: isEndingStatus(seen.serviceStatus) || seen.hasEnded,
    }),
  );
  const timesOutAt = timesOutAtOf(job);
  return timesOutAt !== null && timesOutAt > now && timesOutAt < next ? timesOutAt : next;
}

/** When a job is to be cancelled by our own time-out; null when it never is. */
export function timesOutAtOf(
  job: Pick<JobRow, "origin" | "submittedAt" | "timeOutSeconds" | "cancelRequestedAt" | "isUnproven">,
): Date | null {
  // What is, or may be, somebody else's batch is not ours to cancel.
  if (job.origin !== "launched" || job.isUnproven) return null;
  if (!job.submittedAt || job.timeOutSeconds === null || job.cancelRequestedAt) return null;
  return after(job.submittedAt, job.timeOutSeconds);
}

function nextStep(
  seen: ProviderJob,
  userStatus: JobRow["userStatus"],
  endSeenAt: Date | null,
  now: Date,
): JobRow["step"] {
  if (!seen.hasEnded) return "poll";
  if (seen.hasResults) return "collect";
  const answered = (seen.counts.succeeded ?? 0) + (seen.counts.failed ?? 0);
  const expectsResults = userStatus === "SUCCEEDED" || answered > 0;
  const waitedSeconds = endSeenAt ? (now.getTime() - endSeenAt.getTime()) / 1000 : 0;
  return expectsResults && waitedSeconds < missingResultsPatienceSeconds ? "poll" : "done";
}

/**
 * What a job's row becomes when the job is as open as before, whether or not it has come further; null when it has
 * ended, when something is due for it, or when what it says is to be noted by itself. Most checks are of this kind and
 * can be written together.
 */
export function describeOpenJob(
  job: KnownJob,
  seen: ProviderJob,
  now: Date,
  typicalSeconds: number | null,
): OpenJob | null {
  const change = describeProviderJob(job, seen, now, typicalSeconds);
  const timesOutAt = timesOutAtOf(job);
  const isDue = timesOutAt !== null && timesOutAt <= now;
  if (change.step !== "poll" || isDue || seen.hasEnded || change.nextCheckAt === null) return null;
  if (!isKnownServiceStatus(seen.provider, seen.serviceStatus)) return null;
  const timestamps = [
    "providerCreatedAt",
    "providerStartedAt",
    "providerFinalizingAt",
    "providerCancellingAt",
    "providerEndedAt",
    "providerExpiresAt",
  ] as const;
  const isTimeKept = timestamps.every((column) => change[column]?.getTime() === job[column]?.getTime());
  const isSeen = changesWhatIsSeen(job, change);
  const isNews = !isTimeKept || isSeen || job.attempts > 0;
  const { id, jobSetId } = job;
  return { id, jobSetId, nextCheckAt: change.nextCheckAt, change: isNews ? change : null, isSeen };
}

/** `change`: the columns to write; null when only the check itself is news. `isSeen`: pages show something of it. */
export type OpenJob = {
  id: string;
  jobSetId: string | null;
  nextCheckAt: Date;
  change: ReturnType<typeof describeProviderJob> | null;
  isSeen: boolean;
};

function changesWhatIsSeen(job: KnownJob, change: Partial<NewJobRow>): boolean {
  const visible = [
    "serviceStatus",
    "userStatus",
    "step",
    "trouble",
    "countTotal",
    "countSucceeded",
    "countFailed",
    "countExpired",
    "countCancelled",
    "countUnfinished",
  ] as const;
  return visible.some((column) => change[column] !== undefined && change[column] !== job[column]);
}
