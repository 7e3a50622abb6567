import { and, asc, eq, lte, min } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { timeOutSeconds } from "#lib/domain/user-status.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { after, backOffSeconds } from "./back-off.ts";
import { requestCancel } from "./cancel.ts";
import { recordProviderJob } from "./record.ts";
import { readStatuses } from "./read-statuses.ts";
import { pollMessage, type PolledAccount } from "./schedule-poll.ts";

/** A fresh batch may be unknown to its own provider for a while. */
const notFoundGraceSeconds = 120;
const notFoundAttemptsLimit = 5;
/** Jobs due within this time are taken along, so that their checks share calls. */
const takeAlongSeconds = 1;
const duePageSize = 1_000;

/**
 * Looks at every job of one account whose check is due and queues its own next turn. Rejects only for defects:
 * a provider that fails leaves its trouble on the jobs and is asked again with back-off.
 */
export async function poll(context: AppContext, target: PolledAccount, signal?: AbortSignal): Promise<void> {
  const due = await readDueJobs(context, target);
  if (due.length > 0) await checkJobs(context, target, due, signal);
  await scheduleNext(context, target);
}

async function readDueJobs(context: AppContext, { provider, account }: PolledAccount): Promise<JobRow[]> {
  return context.db
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.step, "poll"),
        eq(jobs.provider, provider),
        eq(jobs.account, account),
        lte(jobs.nextCheckAt, after(context.clock.now(), takeAlongSeconds)),
      ),
    )
    .orderBy(asc(jobs.nextCheckAt))
    .limit(duePageSize);
}

async function checkJobs(
  context: AppContext,
  target: PolledAccount,
  due: JobRow[],
  signal?: AbortSignal,
): Promise<void> {
  let provider: BatchProvider;
  try {
    provider = context.providers.forAccount(target.provider, target.account);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return recordTrouble(context, due, error);
  }
  for await (const { job, outcome } of readStatuses(provider, due, signal)) {
    if (outcome instanceof ProviderError) await recordCheckFailure(context, job, outcome);
    else await recordSeen(context, job, outcome);
  }
}

async function recordSeen(context: AppContext, job: JobRow, seen: ProviderJob): Promise<void> {
  const step = await recordProviderJob(context, job, seen);
  if (step === "poll" && isPastTimeOut(context, job)) await requestCancel(context, [job.id], "time_out");
}

/** Only jobs launched here are cancelled by the time-out, and only once. */
function isPastTimeOut(context: AppContext, job: JobRow): boolean {
  if (job.origin !== "launched" || job.cancelRequestedAt || !job.submittedAt) return false;
  return (context.clock.now().getTime() - job.submittedAt.getTime()) / 1000 > timeOutSeconds;
}

async function recordCheckFailure(context: AppContext, job: JobRow, error: ProviderError): Promise<void> {
  if (error.kind !== "not_found") return recordTrouble(context, [job], error);
  const ageSeconds = (context.clock.now().getTime() - (job.submittedAt ?? job.launchedAt).getTime()) / 1000;
  if (ageSeconds > notFoundGraceSeconds && job.attempts + 1 >= notFoundAttemptsLimit) {
    await context.db
      .update(jobs)
      .set({
        userStatus: "FAILED",
        step: "done",
        failureCode: "not_found",
        failureMessage: "The provider no longer knows this job, so its results cannot be had.",
        trouble: null,
      })
      .where(eq(jobs.id, job.id));
    return publishJobsChanged(context.db, [job]);
  }
  return recordTrouble(context, [job], error);
}

async function recordTrouble(context: AppContext, due: JobRow[], error: ProviderError): Promise<void> {
  const now = context.clock.now();
  for (const job of due) {
    const attempts = job.attempts + 1;
    const delaySeconds = backOffSeconds(attempts, {
      baseSeconds: 2,
      limitSeconds: 300,
      retryAfterSeconds: error.retryAfterSeconds,
    });
    await context.db
      .update(jobs)
      .set({ trouble: error.message, attempts, nextCheckAt: after(now, delaySeconds) })
      .where(eq(jobs.id, job.id));
  }
  await publishJobsChanged(
    context.db,
    due.filter((job) => job.trouble !== error.message),
  );
}

async function scheduleNext(context: AppContext, target: PolledAccount): Promise<void> {
  const [row] = await context.db
    .select({ nextCheckAt: min(jobs.nextCheckAt) })
    .from(jobs)
    .where(and(eq(jobs.step, "poll"), eq(jobs.provider, target.provider), eq(jobs.account, target.account)));
  if (!row?.nextCheckAt) return;
  const delaySeconds = (row.nextCheckAt.getTime() - context.clock.now().getTime()) / 1000;
  await context.queue.send("poll", [pollMessage(target, Math.max(1, Math.ceil(delaySeconds)))]);
}
