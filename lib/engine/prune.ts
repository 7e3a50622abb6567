import { and, inArray, notExists, eq } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged, publishSetsChanged } from "#lib/db/live-events.ts";
import { amongAndOver, listPrunableJobs, prunableJobs } from "#lib/db/queries/prunable-jobs.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import type { PruneInput, PruneSummary } from "#lib/domain/prune.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";

const jobsAtOnce = 200;
const filesAtOnce = 8;

/**
 * Deletes results, or jobs with everything, from this installation; see `prunableJobs` for which. No provider is asked
 * anything. Files go before their rows, so that an interruption leaves no file that no row knows of; doing it again
 * goes on. Rejects with `AppError("storage")` when the store cannot be used; what was deleted until then stays so.
 */
export async function prune(context: AppContext, input: PruneInput): Promise<PruneSummary> {
  const condition = prunableJobs(context.db, input, context.clock.now());
  const summary: PruneSummary = { jobCount: 0, resultBytes: 0 };
  for (;;) {
    const chosen = await listPrunableJobs(context.db, condition, jobsAtOnce);
    if (chosen.length === 0) break;
    const jobIds = chosen.map((job) => job.id);
    await removeFiles(context, jobIds);
    await (input.subject === "jobs" ? deleteJobs(context, jobIds) : deleteResults(context, jobIds));
    await publishJobsChanged(context.db, chosen);
    summary.jobCount += chosen.length;
    for (const job of chosen) summary.resultBytes += job.collectedAt ? (job.sizeBytes ?? 0) : 0;
  }
  if (input.subject === "jobs") await deleteEmptySets(context);
  context.log.info({ ...input, ...summary }, "pruned");
  return summary;
}

async function removeFiles(context: AppContext, jobIds: string[]): Promise<void> {
  for (let start = 0; start < jobIds.length; start += filesAtOnce) {
    const part = jobIds.slice(start, start + filesAtOnce);
    await Promise.all(part.map((id) => context.storage.remove(rawResultsKey(id))));
  }
}

async function deleteResults(context: AppContext, jobIds: string[]): Promise<void> {
  await context.db.transaction(async (transaction) => {
    await transaction.delete(requestResults).where(inArray(requestResults.jobId, jobIds));
    await transaction
      .update(jobs)
      .set({ resultsPrunedAt: context.clock.now() })
      .where(inArray(jobs.id, jobIds));
  });
}

async function deleteJobs(context: AppContext, jobIds: string[]): Promise<void> {
  await context.db.delete(jobs).where(amongAndOver(jobIds));
}

async function deleteEmptySets(context: AppContext): Promise<void> {
  const ofSet = context.db.select({ id: jobs.id }).from(jobs).where(eq(jobs.jobSetId, jobSets.id));
  const gone = await context.db
    .delete(jobSets)
    .where(and(notExists(ofSet)))
    .returning({ id: jobSets.id });
  if (gone.length > 0) await publishSetsChanged(context.db, []);
}
