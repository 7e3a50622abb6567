import { and, asc, eq, inArray, lte, min } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobColumns } from "#lib/db/queries/job-columns.ts";
import { countCreatedSince, typicalTurnaroundSeconds } from "#lib/db/queries/poll-facts.ts";
import type { AccountRow } from "#lib/db/schema/accounts.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { noteAccountFailure, noteAccountSuccess, pauseSeconds, readAccount } from "./account-health.ts";
import { after, jobBackOffSeconds } from "./back-off.ts";
import { requestCancel } from "./cancel.ts";
import { estimateEnds } from "./estimate-end.ts";
import { describeOpenJob, recordProviderJob, timesOutAtOf, type KnownJob, type OpenJob } from "./record.ts";
import { recordOpenJobs } from "./record-open-jobs.ts";
import { readStatuses } from "./read-statuses.ts";
import { pollMessage, type PolledAccount } from "./schedule-poll.ts";

/** A fresh batch may be unknown to its own provider for a while. */
const notFoundGraceSeconds = 120;
const notFoundAttemptsLimit = 5;
/** Jobs that are due soon are taken along, so that their checks share list pages: the sooner, the fewer there are. */
const activeJobsPerTakenAlongSecond = 200;
const longestTakeAlongSeconds = 60;
const duePageSize = 5_000;

/**
 * Looks at every job of one account whose check is due and queues its own next turn. Rejects only for defects:
 * a provider that fails leaves its trouble on the jobs and is asked again with back-off.
 */
export async function poll(context: AppContext, target: PolledAccount, signal?: AbortSignal): Promise<void> {
  const account = await readAccount(context, target);
  const paused = pauseSeconds(context, account);
  if (paused > 0) return context.queue.send("poll", [pollMessage(target, Math.ceil(paused))]);
  const due = await readDueJobs(context, target);
  if (due.length > 0) {
    await checkJobs(context, { ...target, known: account }, due, signal);
    await estimateEnds(context, target);
  }
  await scheduleNext(context, target);
}

async function readDueJobs(context: AppContext, { provider, account }: PolledAccount): Promise<KnownJob[]> {
  const isActive = and(eq(jobs.step, "poll"), eq(jobs.provider, provider), eq(jobs.account, account));
  const activeCount = await context.db.$count(jobs, isActive);
  const wanted = Math.max(1, activeCount / activeJobsPerTakenAlongSecond);
  const takenAlongUntil = after(context.clock.now(), Math.min(longestTakeAlongSeconds, wanted));
  return context.db
    .select(jobColumns)
    .from(jobs)
    .where(and(isActive, lte(jobs.nextCheckAt, takenAlongUntil)))
    .orderBy(asc(jobs.nextCheckAt))
    .limit(duePageSize);
}

async function checkJobs(
  context: AppContext,
  { provider: id, account, known }: PolledAccount & { known: AccountRow | null },
  due: KnownJob[],
  signal?: AbortSignal,
): Promise<void> {
  const target = { provider: id, account };
  let provider: BatchProvider;
  try {
    provider = context.providers.forAccount(id, account);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await noteAccountFailure(context, target, error);
    return recordTrouble(context, due, error);
  }
  const typicalSeconds = await typicalTurnaroundSeconds(context.db, target);
  const failed = new Map<ProviderError, KnownJob[]>();
  let hasAnswered = false;
  const knownSince = (since: Date) => countCreatedSince(context.db, target, since);
  for await (const readings of readStatuses(provider, due, knownSince, signal)) {
    const open: OpenJob[] = [];
    for (const { job, outcome } of readings) {
      if (!(outcome instanceof ProviderError)) {
        hasAnswered = true;
        const stillOpen = describeOpenJob(job, outcome, context.clock.now(), typicalSeconds);
        if (stillOpen) open.push(stillOpen);
        else await recordSeen(context, job, outcome, typicalSeconds);
      } else if (outcome.kind === "not_found") {
        await recordNotFound(context, job, outcome);
      } else {
        const alike = failed.get(outcome);
        if (alike) alike.push(job);
        else failed.set(outcome, [job]);
      }
    }
    await recordOpenJobs(context, open);
  }
  // Single failures among answers are no outage, and do not add up to one.
  if (hasAnswered) await noteAccountSuccess(context, target, known);
  for (const [error, jobsInTrouble] of failed) {
    await noteAccountFailure(context, target, error, { hasAnswered });
    await recordTrouble(context, jobsInTrouble, error);
  }
}

async function recordSeen(
  context: AppContext,
  job: KnownJob,
  seen: ProviderJob,
  typicalSeconds: number | null,
): Promise<void> {
  const written = await recordProviderJob(context, job, seen, { typicalSeconds });
  if (written?.step !== "poll") return;
  const timesOutAt = timesOutAtOf(job);
  if (timesOutAt && timesOutAt <= context.clock.now()) await requestCancel(context, [job.id], "time_out");
}

async function recordNotFound(context: AppContext, job: KnownJob, error: ProviderError): Promise<void> {
  const ageSeconds = (context.clock.now().getTime() - (job.submittedAt ?? job.launchedAt).getTime()) / 1000;
  if (ageSeconds > notFoundGraceSeconds && job.attempts + 1 >= notFoundAttemptsLimit) {
    if (job.origin === "imported") return leaveUnwatched(context, job);
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

/** Another account's job, or one that is gone: its file is all that we know, and nobody has seen it end. */
async function leaveUnwatched(context: AppContext, job: KnownJob): Promise<void> {
  const trouble = `${providerLabels[job.provider]} does not know this job under the present key, so it stays as its report file has it.`;
  await context.db
    .update(jobs)
    .set({ step: "done", trouble, nextCheckAt: null })
    .where(and(eq(jobs.id, job.id), eq(jobs.step, "poll")));
  await publishJobsChanged(context.db, [job]);
}

/** One statement for all of them: an outage concerns every job of the account alike. */
async function recordTrouble(context: AppContext, due: KnownJob[], error: ProviderError): Promise<void> {
  const attempts = Math.max(...due.map((job) => job.attempts)) + 1;
  const delaySeconds = jobBackOffSeconds(attempts, { retryAfterSeconds: error.retryAfterSeconds });
  const nextCheckAt = after(context.clock.now(), delaySeconds);
  await context.db
    .update(jobs)
    .set({ trouble: error.message, attempts, nextCheckAt })
    .where(
      and(
        eq(jobs.step, "poll"),
        inArray(
          jobs.id,
          due.map((job) => job.id),
        ),
      ),
    );
  const changed = due.filter((job) => job.trouble !== error.message);
  await publishJobsChanged(context.db, changed);
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
