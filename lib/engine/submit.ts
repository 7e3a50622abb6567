import { and, eq, inArray, isNull } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { accounts, type AccountRow } from "#lib/db/schema/accounts.ts";
import { jobSets, type JobSetRow } from "#lib/db/schema/job-sets.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { lanes, type LaneRow } from "#lib/db/schema/lanes.ts";
import { AppError, ProviderError } from "#lib/domain/errors.ts";
import type { CreateCall } from "#lib/providers/provider.ts";
import { noteAccountFailure, noteAccountSuccess, pauseSeconds } from "./account-health.ts";
import { jobBackOffSeconds } from "./back-off.ts";
import { GatheredReads } from "./gathered-reads.ts";
import { jobMessage } from "./job-message.ts";
import { jobRequests } from "./job-requests.ts";
import { reconcile, secondsUntilReconcile } from "./reconcile.ts";
import { settleCreated, settleFound } from "./settle-submission.ts";
import { LeaseLostError, markCreating, type LeasedJob } from "./submit-lease.ts";

/** What a request adds to its prompt, roughly. */
const bytesAroundPrompt = 250;

type WaitingJob = {
  job: JobRow;
  set: JobSetRow | null;
  lane: LaneRow | null;
  account: AccountRow | null;
};

/**
 * Submits one waiting job. The row is marked right before the call that costs money and settled after it; a job found
 * marked is looked for at the provider before anything is created again (decision 008). Errors that can heal leave the
 * job waiting with its trouble shown and are tried again with back-off; the others end it as `FAILED` with the reason.
 */
export async function submit(
  context: AppContext,
  { jobId }: { jobId: string },
  signal?: AbortSignal,
): Promise<void> {
  const waiting = await readWaitingJob(context, jobId);
  if (!waiting) return;
  const submission = { jobId, provider: waiting.job.provider, inputBytes: inputBytesOf(waiting) };
  await context.submissions.run(submission, signal, async (hasWaited) => {
    const current = hasWaited ? await readWaitingJob(context, jobId) : waiting;
    if (current) await attempt(context, current, signal);
  });
}

const waitingJobs = new WeakMap<Database, GatheredReads<WaitingJob>>();

/** Jobs of a launch come by the dozen, and this is the widest of the statements that each of them needs. */
function readWaitingJob({ db }: AppContext, jobId: string): Promise<WaitingJob | null> {
  let reads = waitingJobs.get(db);
  if (!reads) waitingJobs.set(db, (reads = new GatheredReads((jobIds) => readWaitingJobs(db, jobIds))));
  return reads.read(jobId);
}

async function readWaitingJobs(db: Database, jobIds: string[]): Promise<Map<string, WaitingJob>> {
  const rows = await db
    .select({ job: jobs, set: jobSets, lane: lanes, account: accounts })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .leftJoin(lanes, eq(jobs.laneId, lanes.id))
    .leftJoin(accounts, and(eq(accounts.provider, jobs.provider), eq(accounts.account, jobs.account)))
    .where(and(inArray(jobs.id, jobIds), eq(jobs.step, "submit")));
  return new Map(rows.map((row) => [row.job.id, row]));
}

function inputBytesOf({ job, set, lane }: WaitingJob): number {
  const promptBytes = set && set.promptCount > 0 ? set.promptBytes / set.promptCount : 0;
  const parameterBytes = lane ? JSON.stringify(lane.parameters).length : 0;
  return Math.ceil((job.requestCount ?? 0) * (promptBytes + parameterBytes + bytesAroundPrompt));
}

async function attempt(context: AppContext, waiting: WaitingJob, signal?: AbortSignal): Promise<void> {
  const { job, account } = waiting;
  const { submitStartedAt } = job;
  const paused = pauseSeconds(context, account);
  if (paused > 0) return waitOut(context, job, account, paused);
  let leased: LeasedJob | null = null;
  let hasAnswered = false;
  try {
    if (submitStartedAt && (await isFoundOrTooSoon(context, { ...job, submitStartedAt }, signal))) return;
    if (job.cancelRequestedAt) return await finishUnsubmitted(context, job);
    const provider = context.providers.get(job.provider);
    const beforeCreate = async (call: CreateCall) => {
      hasAnswered = call.inputFile !== null;
      leased = await markCreating(context, job, provider.account, call);
    };
    const created = await provider.submit({ ...submitInput(context, waiting), beforeCreate }, { signal });
    if (!leased) throw new AppError("internal", `${provider.id} created a batch without asking first.`);
    context.submissions.speedUp(job.provider);
    await settleCreated(context, leased, created, provider);
    await noteAccountSuccess(context, { provider: job.provider, account: provider.account }, account);
  } catch (error) {
    if (error instanceof LeaseLostError) return error.mayTryAgain ? sendAgain(context, job, 1) : undefined;
    if (!(error instanceof ProviderError)) throw error;
    await noteAccountFailure(context, leased ?? job, error, { hasAnswered });
    await recordSubmitFailure(context, { job: leased ?? job, hasCalled: leased !== null }, error);
  }
}

/** True when there is nothing to create: the batch of the earlier call was found, or may still come into being. */
async function isFoundOrTooSoon(
  context: AppContext,
  job: JobRow & { submitStartedAt: Date },
  signal?: AbortSignal,
): Promise<boolean> {
  const waitSeconds = secondsUntilReconcile(context, job);
  if (waitSeconds > 0) {
    await sendAgain(context, job, waitSeconds);
    return true;
  }
  const owner = context.providers.forAccount(job.provider, job.account);
  const found = await reconcile(context, job, owner, signal);
  if (found) await settleFound(context, job, found, owner);
  return found !== null;
}

/** Waits until the account is called again; what troubles it is shown on the job. */
async function waitOut(
  context: AppContext,
  job: JobRow,
  account: AccountRow | null,
  paused: number,
): Promise<void> {
  const trouble = account?.lastError ?? null;
  if (trouble !== job.trouble) await change(context, job, { trouble });
  // Spread over a fifth of the pause, so that what waits does not come all at once.
  await sendAgain(context, job, paused * (1 + 0.2 * Math.random()));
}

function submitInput(context: AppContext, { job, set, lane }: WaitingJob) {
  const { model, maxOutputTokens, requestCount } = job;
  if (!set || !lane || model === null || maxOutputTokens === null || requestCount === null) {
    throw new AppError("internal", `Job ${job.id} has no job set and lane to submit.`);
  }
  const source = { kind: set.promptSource, jobSetId: set.id, promptCount: set.promptCount };
  return {
    jobName: job.id,
    model,
    maxOutputTokens,
    parameters: lane.parameters,
    requestCount,
    requests: () => jobRequests(context.db, job, source),
  };
}

async function finishUnsubmitted(context: AppContext, job: JobRow): Promise<void> {
  const userStatus = job.cancelReason === "time_out" ? "CANCELLED_TIMED_OUT" : "CANCELLED_ON_DEMAND";
  await change(context, job, { userStatus, step: "done", trouble: null });
}

/** `hasCalled`: the call that creates the batch was made. The mark of an earlier one, if there is any, stays otherwise. */
async function recordSubmitFailure(
  context: AppContext,
  { job, hasCalled }: { job: JobRow; hasCalled: boolean },
  error: ProviderError,
): Promise<void> {
  if (error.kind === "rate_limit") context.submissions.slowDown(job.provider);
  const attempts = job.attempts + 1;
  const isOpen = !hasCalled && job.submitStartedAt !== null;
  context.log.warn(
    { jobId: job.id, provider: error.provider, kind: error.kind, attempts },
    "submission failed",
  );
  if (!isOpen && !canHeal(error)) {
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
  // The call is over on our side: if it made a batch, that one can be looked for from now on.
  const unknown = { submitDeadline: context.clock.now() };
  const unmarked = { submitStartedAt: null, submitDeadline: null, inputFile: null };
  const mark = !hasCalled ? {} : error.leavesOutcomeUnknown ? unknown : unmarked;
  if (!(await change(context, job, { attempts, trouble: error.message, ...mark }))) return;
  const baseSeconds = isAboutTheAccount(error) ? 30 : 1;
  const delaySeconds = jobBackOffSeconds(attempts, {
    baseSeconds,
    retryAfterSeconds: error.retryAfterSeconds,
  });
  await sendAgain(context, job, delaySeconds);
}

function canHeal(error: ProviderError): boolean {
  return error.isRetryable || isAboutTheAccount(error) || error.leavesOutcomeUnknown;
}

/** The key can be set right, and the credit topped up, while the job waits. */
function isAboutTheAccount(error: ProviderError): boolean {
  return ["authentication", "permission", "not_configured", "quota"].includes(error.kind);
}

/** Writes a change unless another attempt has the job now; false in that case. */
async function change(context: AppContext, job: JobRow, values: Partial<NewJobRow>): Promise<boolean> {
  const isStillOurs = and(
    eq(jobs.id, job.id),
    eq(jobs.step, "submit"),
    job.submitLease === null ? isNull(jobs.submitLease) : eq(jobs.submitLease, job.submitLease),
  );
  const written = await context.db.update(jobs).set(values).where(isStillOurs).returning({ id: jobs.id });
  if (written.length > 0) await publishJobsChanged(context.db, [job]);
  return written.length > 0;
}

function sendAgain(
  context: AppContext,
  job: Pick<JobRow, "id" | "provider">,
  delaySeconds: number,
): Promise<void> {
  return context.queue.send("submit", [{ ...jobMessage(job), delaySeconds: Math.ceil(delaySeconds) }]);
}
