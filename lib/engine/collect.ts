import { and, eq } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { AppError, ProviderError } from "#lib/domain/errors.ts";
import { readResultLines } from "#lib/providers/json-lines.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { noteAccountFailure, noteAccountSuccess, pauseSeconds, readAccount } from "./account-health.ts";
import { jobBackOffSeconds } from "./back-off.ts";
import { jobMessage } from "./job-message.ts";
import { ResultTally } from "./result-tally.ts";
import { settleOwnership } from "./settle-ownership.ts";
import { toResultRow } from "./result-row.ts";

const rowsPerInsert = 500;
/** Providers deny batches for a while that they have just ended; what is paid for is not given up before this. */
const goneGraceSeconds = 2 * 3_600;
const ownershipPauseSeconds = 10;

/**
 * Fetches everything that an ended job has to show, whatever it ended as: the raw bytes to storage, one row a line
 * to the database, counts and tokens from the lines. Repeating it replaces what was there. A failure that can heal
 * leaves the job waiting with its trouble shown.
 */
export async function collect(
  context: AppContext,
  { jobId }: { jobId: string },
  signal?: AbortSignal,
): Promise<void> {
  const [job] = await context.db.select().from(jobs).where(eq(jobs.id, jobId));
  if (job?.step !== "collect" || !job.providerJobId) return;
  const paused = pauseSeconds(context, await readAccount(context, job));
  if (paused > 0) return collectAgain(context, job, paused);
  let hasAnswered = false;
  try {
    const provider = context.providers.forAccount(job.provider, job.account);
    const seen = await provider.get(job.providerJobId, { signal });
    hasAnswered = true;
    const { sizeBytes } = await context.storage.write(
      rawResultsKey(job.id),
      provider.rawResults(seen, { signal }),
    );
    const owner = await settleOwnership(context, job, provider);
    if (owner === "released") return;
    if (owner === "later") return await collectAgain(context, job, ownershipPauseSeconds);
    const tally = await storeLines(context, owner, provider);
    await finish(context, owner, tally, sizeBytes);
    await noteAccountSuccess(context, job, await readAccount(context, job));
  } catch (error) {
    if (error instanceof ProviderError || isStorageTrouble(error)) {
      return recordCollectFailure(context, job, error, hasAnswered);
    }
    throw error;
  }
}

async function storeLines(context: AppContext, job: JobRow, provider: BatchProvider): Promise<ResultTally> {
  const tally = new ResultTally();
  await context.db.delete(requestResults).where(eq(requestResults.jobId, job.id));
  let rows: (typeof requestResults.$inferInsert)[] = [];
  const flush = async () => {
    // Two processes can be at it when one of them was paused; both write the same lines.
    if (rows.length > 0) await context.db.insert(requestResults).values(rows).onConflictDoNothing();
    rows = [];
  };
  const bytes = context.storage.read(rawResultsKey(job.id));
  for await (const line of readResultLines(bytes, (text) => provider.readResultLine(text))) {
    const row = toResultRow(job, line);
    tally.add(line, row.requestIndex ?? null);
    rows.push(row);
    if (rows.length >= rowsPerInsert) await flush();
  }
  await flush();
  return tally;
}

async function finish(
  context: AppContext,
  job: JobRow,
  tally: ResultTally,
  sizeBytes: number,
): Promise<void> {
  const counts = tally.counts(job.requestCount);
  const storedCount = await context.db.$count(requestResults, eq(requestResults.jobId, job.id));
  if (storedCount !== tally.lineCount) {
    throw new AppError("internal", `Job ${job.id} has ${storedCount} of ${tally.lineCount} lines stored.`);
  }
  const finished = await context.db
    .update(jobs)
    .set({
      step: "done",
      collectedAt: context.clock.now(),
      ...counts,
      resultLineCount: tally.lineCount,
      resultUnreadableCount: tally.unreadableCount,
      resultSizeBytes: sizeBytes,
      ...tally.usage,
      trouble: null,
      attempts: 0,
    })
    .where(and(eq(jobs.id, job.id), eq(jobs.step, "collect")))
    .returning({ id: jobs.id });
  if (finished.length > 0) await publishJobsChanged(context.db, [job]);
}

/** The disk is full, or the store cannot be reached: nothing is lost, it goes on when that is mended. */
function isStorageTrouble(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === "limit" || error.code === "storage");
}

async function recordCollectFailure(
  context: AppContext,
  job: JobRow,
  error: ProviderError | AppError,
  hasAnswered: boolean,
): Promise<void> {
  // Google refuses missing files with 403; where the same key has just read the job, that is about the file.
  const isGone =
    error instanceof ProviderError &&
    (error.kind === "not_found" ||
      error.kind === "invalid_request" ||
      (error.kind === "permission" && hasAnswered));
  if (error instanceof ProviderError && !isGone)
    await noteAccountFailure(context, job, error, { hasAnswered });
  const attempts = job.attempts + 1;
  context.log.warn({ jobId: job.id, attempts, message: error.message }, "collection failed");
  // An adopted job may have ended long before we saw it.
  const endedAt = job.origin === "adopted" ? (job.providerEndedAt ?? job.endSeenAt) : job.endSeenAt;
  const sinceEndSeconds = endedAt
    ? (context.clock.now().getTime() - endedAt.getTime()) / 1000
    : Number.POSITIVE_INFINITY;
  if (isGone && attempts >= 5 && sinceEndSeconds > goneGraceSeconds) {
    await context.db
      .update(jobs)
      .set({ step: "done", trouble: `The results cannot be fetched: ${error.message}`, attempts })
      .where(eq(jobs.id, job.id));
    return publishJobsChanged(context.db, [job]);
  }
  await context.db.update(jobs).set({ trouble: error.message, attempts }).where(eq(jobs.id, job.id));
  await publishJobsChanged(context.db, [job]);
  const retryAfterSeconds = error instanceof ProviderError ? error.retryAfterSeconds : null;
  const delaySeconds = jobBackOffSeconds(attempts, { retryAfterSeconds });
  await collectAgain(context, job, delaySeconds);
}

function collectAgain(context: AppContext, job: JobRow, delaySeconds: number): Promise<void> {
  return context.queue.send("collect", [{ ...jobMessage(job), delaySeconds: Math.ceil(delaySeconds) }]);
}
