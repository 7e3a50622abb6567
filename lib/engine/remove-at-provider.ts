import { eq } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { AppError, ProviderError } from "#lib/domain/errors.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

/**
 * Deletes a job at its provider: the batch, or for OpenAI its files. Our row and the results that we collected stay.
 * Rejects with `AppError("conflict")` for a job whose copy there is still needed, and with the provider's error.
 */
export async function removeAtProvider(
  context: AppContext,
  { jobId }: { jobId: string },
  signal?: AbortSignal,
): Promise<void> {
  const [job] = await context.db.select().from(jobs).where(eq(jobs.id, jobId));
  if (!job) throw new AppError("not_found", "There is no such job.");
  if (job.providerRemovedAt) return;
  const providerJobId = removableIdOf(job);
  try {
    await context.providers.forAccount(job.provider, job.account).remove(providerJobId, { signal });
  } catch (error) {
    // Somebody deleted it before us; that is what was asked for.
    if (!(error instanceof ProviderError) || error.kind !== "not_found") throw error;
  }
  await context.db.update(jobs).set({ providerRemovedAt: context.clock.now() }).where(eq(jobs.id, job.id));
  await publishJobsChanged(context.db, [job]);
}

function removableIdOf(job: JobRow): string {
  const provider = providerLabels[job.provider];
  if (job.userStatus === "IN_PROGRESS") {
    throw new AppError("conflict", `A job that still runs at ${provider} is not deleted. Cancel it first.`);
  }
  if (job.providerJobId === null) {
    throw new AppError("conflict", `The job was never at ${provider}: there is nothing to delete.`);
  }
  if (job.step !== "done") {
    throw new AppError("conflict", "Its results are still being collected. Delete it when they are here.");
  }
  if (job.resultLineCount === null && (job.countSucceeded ?? 0) > 0) {
    throw new AppError(
      "conflict",
      `Its results could not be collected, so ${provider} holds the only copy. It is not deleted.`,
    );
  }
  return job.providerJobId;
}
