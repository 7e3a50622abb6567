import { and, eq, inArray, isNull } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { CancelReason } from "#lib/domain/user-status.ts";
import { jobBackOffSeconds } from "./back-off.ts";
import { jobMessage } from "./job-message.ts";
import { recordProviderJob } from "./record.ts";
import { hastenPoll } from "./schedule-poll.ts";

const idsPerStatement = 1_000;

/**
 * Notes that jobs are to be cancelled and queues the calls; answers at once. Jobs that have ended, or whose
 * cancellation was already asked for, are skipped. A job not yet submitted ends without ever being sent.
 */
export async function requestCancel(
  context: AppContext,
  jobIds: string[],
  reason: CancelReason,
): Promise<{ requestedCount: number; skippedCount: number }> {
  let requestedCount = 0;
  for (let start = 0; start < jobIds.length; start += idsPerStatement) {
    const part = jobIds.slice(start, start + idsPerStatement);
    await context.db.transaction(async (transaction) => {
      const marked = await transaction
        .update(jobs)
        .set({ cancelRequestedAt: context.clock.now(), cancelReason: reason })
        .where(
          and(inArray(jobs.id, part), eq(jobs.userStatus, "IN_PROGRESS"), isNull(jobs.cancelRequestedAt)),
        )
        .returning({
          id: jobs.id,
          provider: jobs.provider,
          jobSetId: jobs.jobSetId,
          step: jobs.step,
          submitStartedAt: jobs.submitStartedAt,
        });
      requestedCount += marked.length;
      const unsent = marked.filter((job) => job.step === "submit" && job.submitStartedAt === null);
      const sent = marked.filter((job) => !unsent.includes(job));
      await context.queue.send("cancel", sent.map(jobMessage), transaction);
      if (unsent.length > 0) {
        await transaction
          .update(jobs)
          .set({
            userStatus: reason === "time_out" ? "CANCELLED_TIMED_OUT" : "CANCELLED_ON_DEMAND",
            step: "done",
            trouble: null,
          })
          .where(
            and(
              inArray(
                jobs.id,
                unsent.map((job) => job.id),
              ),
              isNull(jobs.submitStartedAt),
            ),
          );
      }
      await publishJobsChanged(transaction, marked);
    });
  }
  return { requestedCount, skippedCount: jobIds.length - requestedCount };
}

/** Sends one cancellation to the provider. While the submission is still in flight it waits for that to settle. */
export async function cancel(
  context: AppContext,
  { jobId }: { jobId: string },
  signal?: AbortSignal,
): Promise<void> {
  const [job] = await context.db.select().from(jobs).where(eq(jobs.id, jobId));
  if (!job || job.userStatus !== "IN_PROGRESS" || !job.cancelRequestedAt || !job.providerJobId) return;
  if (job.cancelSentAt) return;
  try {
    const provider = context.providers.forAccount(job.provider, job.account);
    const seen = await provider.cancel(job.providerJobId, { signal });
    await recordProviderJob(context, job, seen, { extra: { cancelSentAt: context.clock.now() } });
    await hastenPoll(context, provider);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    await recordCancelFailure(context, job, error);
  }
}

async function recordCancelFailure(context: AppContext, job: JobRow, error: ProviderError): Promise<void> {
  if (error.kind === "conflict" || error.kind === "invalid_request") {
    // It ended before we asked: what it ended as is for the next check to say.
    await context.db.update(jobs).set({ nextCheckAt: context.clock.now() }).where(eq(jobs.id, job.id));
    return hastenPoll(context, { id: job.provider, account: job.account });
  }
  const attempts = job.attempts + 1;
  await context.db.update(jobs).set({ trouble: error.message, attempts }).where(eq(jobs.id, job.id));
  await publishJobsChanged(context.db, [job]);
  const delaySeconds = jobBackOffSeconds(attempts, { retryAfterSeconds: error.retryAfterSeconds });
  await context.queue.send("cancel", [{ ...jobMessage(job), delaySeconds: Math.ceil(delaySeconds) }]);
}
