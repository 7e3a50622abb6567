import type { Job } from "#lib/domain/job.ts";

/** Whether the provider's copy may be deleted: the job is over, and what it brought is here. */
export function isRemovable(job: Job): boolean {
  const hasOurCopy = job.collected !== null || (job.counts.succeeded ?? 0) === 0;
  const isThere = job.providerJobId !== null && job.observed.removedAtProviderAt === null;
  return job.step === "done" && isThere && hasOurCopy;
}
