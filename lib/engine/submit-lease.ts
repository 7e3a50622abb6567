import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { randomToken } from "#lib/domain/ids.ts";
import type { CreateCall } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";

/** A process that was asleep for longer than this between its mark and its call must not make the call any more. */
const longestHesitationSeconds = 10;

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
 * Marks the job right before the call that costs money, and makes this attempt the only one that may make it: another
 * one that has read the same row fails here, and an earlier one can neither mark nor settle it any more. From here until
 * `submitDeadline` a batch may come into being; a process that finds the mark later looks for that batch before it
 * creates one. `job` is the row as it was read. Rejects with `LeaseLostError`.
 */
export async function markCreating(
  context: AppContext,
  job: JobRow,
  account: string,
  call: CreateCall,
): Promise<LeasedJob> {
  const submitLease = `${context.processId}-${randomToken(16)}`;
  const submitStartedAt = context.clock.now();
  const [marked] = await context.db
    .update(jobs)
    .set({
      submitLease,
      submitStartedAt,
      submitDeadline: after(submitStartedAt, call.timeoutMs / 1000),
      inputFile: call.inputFile,
      account,
    })
    .where(and(isUntouched(job), isNull(jobs.cancelRequestedAt)))
    .returning({ id: jobs.id });
  if (!marked) throw new LeaseLostError(`Job ${job.id} was cancelled or taken over.`, false);
  const leased = { ...job, account, submitLease, submitStartedAt };
  const hesitationSeconds = (context.clock.now().getTime() - submitStartedAt.getTime()) / 1000;
  if (hesitationSeconds <= longestHesitationSeconds) return leased;
  await context.db
    .update(jobs)
    .set({ submitStartedAt: null, submitDeadline: null, inputFile: null })
    .where(isUntouched(leased));
  throw new LeaseLostError(`The mark of job ${job.id} took ${Math.round(hesitationSeconds)} s.`, true);
}

/** Whether the process that marked this job is known to be gone: PGlite has one process, and it is this one. */
export function isOwnerGone(context: AppContext, job: Pick<JobRow, "submitLease">): boolean {
  const isOurs = job.submitLease?.startsWith(`${context.processId}-`) ?? false;
  return context.database.driver.kind === "pglite" && !isOurs;
}
