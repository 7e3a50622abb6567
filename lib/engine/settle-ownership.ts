import { and, eq } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";

/** Custom ids read before we call a file unproven. */
const linesToRead = 20;

/**
 * Proves by the nonce in the custom ids that the fetched results are this job's. Needed where the provider keeps no
 * name: jobs of equal shape are interchangeable until then. If the nonce is another job's, the two swap what they were
 * launched for. If it is nobody's, the batch is somebody else's: the job lets go of it and is submitted again (null).
 */
export async function settleOwnership(
  context: AppContext,
  job: JobRow,
  provider: BatchProvider,
): Promise<JobRow | null> {
  if (job.origin !== "launched" || job.nonce === null || provider.capabilities.keepsJobName) return job;
  const nonce = await readNonce(context, job, provider);
  if (nonce === null || nonce === job.nonce) return job;
  const [owner] = await context.db
    .select()
    .from(jobs)
    .where(and(eq(jobs.provider, job.provider), eq(jobs.account, job.account), eq(jobs.nonce, nonce)));
  if (owner) return swapIntents(context, job, owner);
  await letGo(context, job);
  return null;
}

async function readNonce(context: AppContext, job: JobRow, provider: BatchProvider): Promise<string | null> {
  const bytes = context.storage.read(rawResultsKey(job.id));
  let readCount = 0;
  for await (const line of readResultLines(bytes, (text) => provider.readResultLine(text))) {
    const customId = line.kind === "result" ? line.result.customId : null;
    const match = customId === null ? null : /^([0-9a-z]{16})-\d+$/.exec(customId);
    if (match?.[1]) return match[1];
    readCount += 1;
    if (readCount >= linesToRead) break;
  }
  return null;
}

/** A job's row is the holder of a batch; what it was launched for moves to the row that holds the right batch. */
async function swapIntents(context: AppContext, left: JobRow, right: JobRow): Promise<JobRow> {
  await context.db.transaction(async (transaction) => {
    await transaction.update(jobs).set(intentOf(right)).where(eq(jobs.id, left.id));
    await transaction.update(jobs).set(intentOf(left)).where(eq(jobs.id, right.id));
    await publishJobsChanged(transaction, [left, right]);
  });
  return { ...left, ...intentOf(right) };
}

function intentOf(job: JobRow) {
  return {
    jobSetId: job.jobSetId,
    laneId: job.laneId,
    model: job.model,
    maxOutputTokens: job.maxOutputTokens,
    requestCount: job.requestCount,
    nonce: job.nonce,
    promptOffset: job.promptOffset,
    launchOrder: job.launchOrder,
  };
}

async function letGo(context: AppContext, job: JobRow): Promise<void> {
  await context.storage.remove(rawResultsKey(job.id));
  await context.db
    .update(jobs)
    .set({
      step: "submit",
      userStatus: "IN_PROGRESS",
      providerJobId: null,
      serviceStatus: null,
      submitStartedAt: null,
      submittedAt: null,
      endSeenAt: null,
      providerCreatedAt: null,
      providerStartedAt: null,
      providerFinalizingAt: null,
      providerCancellingAt: null,
      providerEndedAt: null,
      providerExpiresAt: null,
      countTotal: job.requestCount,
      countSucceeded: null,
      countFailed: null,
      countExpired: null,
      countCancelled: null,
      countUnfinished: null,
      raw: null,
    })
    .where(eq(jobs.id, job.id));
  await context.queue.send("submit", [{ data: { jobId: job.id }, key: job.id }]);
  await publishJobsChanged(context.db, [job]);
}
