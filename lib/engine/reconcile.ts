import type { AppContext } from "#lib/context.ts";
import type { JobRow } from "#lib/db/schema/jobs.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { findSubmitted, type MarkedJob } from "./find-submitted.ts";
import { isOwnerGone } from "./submit-lease.ts";

/** A call that was cut off may still be at work at the provider: look for its batch only after this long. */
const reconcileGraceSeconds = 15;

/**
 * Seconds until it makes sense to look for the batch of a marked job: a call that may still be on its way in another
 * process must be over, by its own time-out, and the provider must have had time to finish what was cut off.
 */
export function secondsUntilReconcile(context: AppContext, job: MarkedJob & JobRow): number {
  const isOver = isOwnerGone(context, job) || job.submitDeadline === null;
  const over = isOver || !job.submitDeadline ? job.submitStartedAt : job.submitDeadline;
  return reconcileGraceSeconds - (context.clock.now().getTime() - over.getTime()) / 1000;
}

/**
 * The batch of a marked job; null when there is none and none can come any more. Where the create call refers to an
 * uploaded file, the file is deleted before the second look: a call that a paused process makes after it fails.
 */
export async function reconcile(
  context: AppContext,
  job: MarkedJob & JobRow,
  provider: BatchProvider,
  signal?: AbortSignal,
): Promise<ProviderJob | null> {
  let found = await findSubmitted(context, job, provider, signal);
  if (!found && job.inputFile !== null) {
    await provider.discardInput(job.inputFile, { signal });
    found = await findSubmitted(context, job, provider, signal);
  }
  context.log.info(
    { jobId: job.id, provider: provider.id, foundId: found?.id ?? null },
    "reconciled submission",
  );
  return found;
}
