import { and, eq, isNull, or, type SQL } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { isUniqueViolation } from "#lib/db/unique-violation.ts";
import { messageOf } from "#lib/domain/errors.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { jobMessage } from "./job-message.ts";
import { recordProviderJob } from "./record.ts";
import { releaseBatch } from "./release-batch.ts";
import { hastenPoll } from "./schedule-poll.ts";
import { isUntouched, type LeasedJob } from "./submit-lease.ts";

/**
 * Writes the batch that our own call created. The answer also counts when the job was taken over meanwhile, as long as
 * the other attempt has not made its own call; after that the batch is one too many and is cancelled at once.
 */
export async function settleCreated(
  context: AppContext,
  job: LeasedJob,
  created: ProviderJob,
  provider: BatchProvider,
): Promise<void> {
  const isStillOurs = and(
    eq(jobs.id, job.id),
    eq(jobs.step, "submit"),
    isNull(jobs.providerJobId),
    or(eq(jobs.submitLease, job.submitLease), isNull(jobs.submitStartedAt)),
  );
  const extra = { isUnproven: false };
  const isSettled = await settle(context, job, created, provider, { extra, guard: isStillOurs });
  if (!isSettled) await cancelSurplus(context, job, created, provider);
}

/** Writes the batch that was found at the provider. Where its shape alone spoke for it, it is yet to be proven. */
export async function settleFound(
  context: AppContext,
  job: JobRow,
  found: ProviderJob,
  provider: BatchProvider,
): Promise<void> {
  const extra = { isUnproven: !provider.capabilities.keepsJobName };
  await settle(context, job, found, provider, { extra, guard: isUntouched(job) });
}

async function settle(
  context: AppContext,
  job: JobRow,
  seen: ProviderJob,
  provider: BatchProvider,
  { extra, guard }: { extra: Partial<NewJobRow>; guard: SQL | undefined },
): Promise<boolean> {
  const submittedAt = context.clock.now();
  const change = { ...extra, submittedAt, submitDeadline: null, account: provider.account };
  const write = () => recordProviderJob(context, { ...job, submittedAt }, seen, { extra: change, guard });
  let written: Awaited<ReturnType<typeof write>>;
  try {
    written = await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    if (!(await takeFromHolder(context, job, seen, change.isUnproven ?? false))) {
      await context.queue.send("submit", [{ ...jobMessage(job), delaySeconds: 1 }]);
      return true;
    }
    written = await write();
  }
  if (!written) return false;
  if (written.step === "poll") await hastenPoll(context, provider);
  if (written.cancelRequestedAt) await context.queue.send("cancel", [jobMessage(job)]);
  return true;
}

/**
 * Another row has this batch: one that took it for its own by its shape, or one that was imported in the meantime.
 * We know better, unless we go by the shape ourselves. False when the batch has to stay where it is.
 */
async function takeFromHolder(
  context: AppContext,
  job: JobRow,
  seen: ProviderJob,
  isGuess: boolean,
): Promise<boolean> {
  return context.db.transaction(async (transaction) => {
    const [holder] = await transaction
      .select()
      .from(jobs)
      .where(
        and(eq(jobs.provider, job.provider), eq(jobs.account, job.account), eq(jobs.providerJobId, seen.id)),
      )
      .for("update");
    if (!holder) return true;
    if (holder.origin === "adopted") {
      await transaction.delete(jobs).where(eq(jobs.id, holder.id));
      await publishJobsChanged(transaction, [holder]);
      return true;
    }
    if (!holder.isUnproven || isGuess) return false;
    await releaseBatch(context, transaction, holder);
    return true;
  });
}

/** Our batch came into being after another attempt had been made sure of. It is paid for only as far as it has come. */
async function cancelSurplus(
  context: AppContext,
  job: JobRow,
  created: ProviderJob,
  provider: BatchProvider,
): Promise<void> {
  const [holder] = await context.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.provider, job.provider),
        eq(jobs.account, provider.account),
        eq(jobs.providerJobId, created.id),
      ),
    );
  if (holder) return;
  const facts = { jobId: job.id, provider: provider.id, surplusId: created.id };
  context.log.error(facts, "cancelling a batch that was created too late");
  try {
    await provider.cancel(created.id);
  } catch (error) {
    context.log.error(
      { ...facts, message: messageOf(error) },
      "the batch that is too many was not cancelled",
    );
  }
}
