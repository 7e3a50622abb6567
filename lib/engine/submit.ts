import { and, eq, isNull } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { AppError, ProviderError } from "#lib/domain/errors.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { backOffSeconds } from "./back-off.ts";
import { findSubmitted } from "./find-submitted.ts";
import { jobRequests, type PromptSource } from "./job-requests.ts";
import { recordProviderJob } from "./record.ts";
import { hastenPoll } from "./schedule-poll.ts";

/** A create call that was cut off may still be at work: look for its batch only after this long. */
const reconcileGraceSeconds = 5;

/**
 * Submits one waiting job. The row is marked before the call that costs money and settled after it; a job found
 * marked is looked for at the provider before anything is created again. Errors that can heal leave the job waiting
 * with its trouble shown and are tried again with back-off; the others end it as `FAILED` with the reason.
 */
export async function submit(
  context: AppContext,
  { jobId }: { jobId: string },
  signal?: AbortSignal,
): Promise<void> {
  const job = await readWaitingJob(context, jobId);
  if (!job) return;
  if (job.cancelRequestedAt && !job.submitStartedAt) return finishUnsubmitted(context, job);
  try {
    const provider = context.providers.get(job.provider);
    const found = await reconcile(context, job, provider, signal);
    if (found === "later") return;
    if (found) return await settle(context, job, found, provider);
    if (job.cancelRequestedAt) return await finishUnsubmitted(context, job);
    const input = await submitInput(context, job);
    const claimed = await claim(context, job.id, provider);
    if (!claimed) return;
    await settle(context, claimed, await provider.submit(input, { signal }), provider);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await recordSubmitFailure(context, jobId, error);
  }
}

async function readWaitingJob(context: AppContext, jobId: string): Promise<JobRow | null> {
  const [job] = await context.db.select().from(jobs).where(eq(jobs.id, jobId));
  return job?.step === "submit" ? job : null;
}

async function reconcile(
  context: AppContext,
  job: JobRow,
  provider: BatchProvider,
  signal?: AbortSignal,
): Promise<ProviderJob | "later" | null> {
  const { submitStartedAt } = job;
  if (!submitStartedAt) return null;
  const sinceSeconds = (context.clock.now().getTime() - submitStartedAt.getTime()) / 1000;
  if (sinceSeconds < reconcileGraceSeconds) {
    await sendAgain(context, job.id, reconcileGraceSeconds - sinceSeconds);
    return "later";
  }
  const owner = context.providers.forAccount(job.provider, job.account);
  const found = await findSubmitted(context, { ...job, submitStartedAt }, owner, signal);
  context.log.info(
    { jobId: job.id, provider: provider.id, foundId: found?.id ?? null },
    "reconciled submission",
  );
  return found;
}

/** Marks the job as being submitted, unless it was cancelled or taken by another process meanwhile. */
async function claim(context: AppContext, jobId: string, provider: BatchProvider): Promise<JobRow | null> {
  const [claimed] = await context.db
    .update(jobs)
    .set({ submitStartedAt: context.clock.now(), account: provider.account })
    .where(and(eq(jobs.id, jobId), eq(jobs.step, "submit"), isNull(jobs.cancelRequestedAt)))
    .returning();
  return claimed ?? null;
}

async function submitInput(context: AppContext, job: JobRow) {
  const source = await readPromptSource(context, job);
  const { model, maxOutputTokens, requestCount } = job;
  if (model === null || maxOutputTokens === null || requestCount === null) {
    throw new AppError("internal", `Job ${job.id} has no lane to submit.`);
  }
  return {
    jobName: job.id,
    model,
    maxOutputTokens,
    requestCount,
    requests: () => jobRequests(context.db, job, source),
  };
}

async function readPromptSource(context: AppContext, job: JobRow): Promise<PromptSource> {
  const [set] = job.jobSetId
    ? await context.db.select().from(jobSets).where(eq(jobSets.id, job.jobSetId))
    : [];
  if (!set) throw new AppError("internal", `Job ${job.id} has no job set.`);
  return { kind: set.promptSource, jobSetId: set.id, promptCount: set.promptCount };
}

async function settle(
  context: AppContext,
  job: JobRow,
  created: ProviderJob,
  provider: BatchProvider,
): Promise<void> {
  const submittedAt = context.clock.now();
  const step = await recordProviderJob(context, { ...job, submittedAt }, created, {
    submittedAt,
    account: provider.account,
  });
  if (step === "poll") await hastenPoll(context, provider);
  if (job.cancelRequestedAt) {
    await context.queue.send("cancel", [{ data: { jobId: job.id }, key: job.id }]);
  }
}

async function finishUnsubmitted(context: AppContext, job: JobRow): Promise<void> {
  const userStatus = job.cancelReason === "time_out" ? "CANCELLED_TIMED_OUT" : "CANCELLED_ON_DEMAND";
  await change(context, job, { userStatus, step: "done", trouble: null });
}

async function recordSubmitFailure(context: AppContext, jobId: string, error: ProviderError): Promise<void> {
  const job = await readWaitingJob(context, jobId);
  if (!job) return;
  const attempts = job.attempts + 1;
  const canHeal = error.isRetryable || isAboutTheKey(error) || error.leavesOutcomeUnknown;
  context.log.warn({ jobId, provider: error.provider, kind: error.kind, attempts }, "submission failed");
  if (!canHeal) {
    await change(context, job, {
      userStatus: "FAILED",
      step: "done",
      failureCode: error.code ?? error.kind,
      failureMessage: error.message,
      trouble: null,
      attempts,
    });
    return;
  }
  const submitStartedAt = error.leavesOutcomeUnknown ? job.submitStartedAt : null;
  await change(context, job, { attempts, trouble: error.message, submitStartedAt });
  const delaySeconds = backOffSeconds(attempts, {
    baseSeconds: isAboutTheKey(error) ? 30 : reconcileGraceSeconds,
    limitSeconds: 300,
    retryAfterSeconds: error.retryAfterSeconds,
  });
  await sendAgain(context, job.id, delaySeconds);
}

/** The key can be set right while the job waits. */
function isAboutTheKey(error: ProviderError): boolean {
  return error.kind === "authentication" || error.kind === "permission" || error.kind === "not_configured";
}

async function change(context: AppContext, job: JobRow, values: Partial<NewJobRow>): Promise<void> {
  await context.db.update(jobs).set(values).where(eq(jobs.id, job.id));
  await publishJobsChanged(context.db, [job]);
}

function sendAgain(context: AppContext, jobId: string, delaySeconds: number): Promise<void> {
  return context.queue.send("submit", [
    { data: { jobId }, key: jobId, delaySeconds: Math.ceil(delaySeconds) },
  ]);
}
