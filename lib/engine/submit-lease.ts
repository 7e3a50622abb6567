import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { randomToken } from "#lib/domain/ids.ts";
import type { CreateCall } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";

/** A process that was asleep for longer than this between its mark and its call must not make the call any more. */
const longestHesitationSeconds = 5;

export type LeasedJob = JobRow & { submitLease: string };

/** This attempt may not create a batch: the job was cancelled, or another attempt has it now. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";
  /** True when nobody else is known to have the job. */
  readonly mayTryAgain: boolean;

  constructor(reason: string, mayTryAgain: boolean) {
    super(reason);
    this.mayTryAgain = mayTryAgain;
  }
}

/** The row is as it was read: neither marked nor taken over since. */
export function isUntouched(job: Pick<JobRow, "id" | "submitLease" | "submitStartedAt">): SQL | undefined {
  const { submitLease, submitStartedAt } = job;
  return and(
    eq(jobs.id, job.id),
    eq(jobs.step, "submit"),
    submitLease === null ? isNull(jobs.submitLease) : eq(jobs.submitLease, submitLease),
    submitStartedAt === null ? isNull(jobs.submitStartedAt) : eq(jobs.submitStartedAt, submitStartedAt),
  );
}

/**
 * Makes this attempt the only one that may create the job's batch, and shuts out any earlier one: its mark, and the
 * settling of its answer, go by the lease that is replaced here. Null when another was faster or the job is cancelled.
 */
export async function takeLease(
  context: AppContext,
  job: JobRow,
  account: string,
): Promise<LeasedJob | null> {
  const submitLease = `${context.processId}-${randomToken(16)}`;
  const [taken] = await context.db
    .update(jobs)
    .set({ submitLease, submitStartedAt: null, submitDeadline: null, inputFile: null, account })
    .where(and(isUntouched(job), isNull(jobs.cancelRequestedAt)))
    .returning();
  return taken ? { ...taken, submitLease } : null;
}

/**
 * Marks the job right before the call that costs money. From here until `submitDeadline` a batch may come into being;
 * a process that finds the mark later looks for that batch before it creates one. Rejects with `LeaseLostError`.
 */
export async function markCreating(context: AppContext, job: LeasedJob, call: CreateCall): Promise<void> {
  const submitStartedAt = context.clock.now();
  const marked = await context.db
    .update(jobs)
    .set({
      submitStartedAt,
      submitDeadline: after(submitStartedAt, call.timeoutMs / 1000),
      inputFile: call.inputFile,
    })
    .where(and(isUntouched({ ...job, submitStartedAt: null }), isNull(jobs.cancelRequestedAt)))
    .returning({ id: jobs.id });
  if (marked.length === 0) throw new LeaseLostError(`Job ${job.id} was cancelled or taken over.`, false);
  const hesitationSeconds = (context.clock.now().getTime() - submitStartedAt.getTime()) / 1000;
  if (hesitationSeconds <= longestHesitationSeconds) return;
  await context.db
    .update(jobs)
    .set({ submitStartedAt: null, submitDeadline: null, inputFile: null })
    .where(isUntouched({ ...job, submitStartedAt }));
  throw new LeaseLostError(`The mark of job ${job.id} took ${Math.round(hesitationSeconds)} s.`, true);
}

/** Whether the process that marked this job is known to be gone: PGlite has one process, and it is this one. */
export function isOwnerGone(context: AppContext, job: Pick<JobRow, "submitLease">): boolean {
  const isOurs = job.submitLease?.startsWith(`${context.processId}-`) ?? false;
  return context.database.driver.kind === "pglite" && !isOurs;
}
