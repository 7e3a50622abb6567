import { eq } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import type { AdoptInput } from "#lib/domain/account-job.ts";
import { createId } from "#lib/domain/ids.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";
import { findAccountJobs } from "./find-account-jobs.ts";
import { jobMessage } from "./job-message.ts";
import { describeProviderJob } from "./record.ts";
import { hastenPoll } from "./schedule-poll.ts";

/** Results that are missing this long after the end do not come any more. */
const lateResultsSeconds = 24 * 3_600;

export type AdoptProgress = { readCount: number; adopted: { providerJobId: string; jobId: string }[] };

/**
 * Imports jobs that the account has and this database has not: with all timestamps and counts, their status by the
 * table's rules, and the provider's object. Yields what each chunk brought. Known jobs and those that may be the
 * outcome of a running submission are passed over, so that repeating it, also at the same time, changes nothing.
 * From then on the jobs are polled and their results collected like our own, but never cancelled or deleted by
 * themselves. Rejects with `ProviderError`; what was yielded before stays imported.
 */
export async function* adopt(
  context: AppContext,
  { provider: id, hours, providerJobIds }: AdoptInput & { provider: ProviderId },
  signal?: AbortSignal,
): AsyncIterable<AdoptProgress> {
  const provider = context.providers.get(id);
  const isSimulated = await context.isSimulated(id);
  const adoptedAt = context.clock.now();
  const missing = providerJobIds === null ? null : new Set(providerJobIds);
  let order = 0;
  for await (const found of findAccountJobs(context.db, provider, after(adoptedAt, -hours * 3_600), signal)) {
    const wanted = found.filter(({ seen }) => missing === null || missing.delete(seen.id));
    const unknown = wanted.filter(({ state }) => state === "new").map(({ seen }) => seen);
    const rows = unknown.map((seen): [ProviderJob, NewJobRow] => {
      // Lists begin with the highest order: the newest job is read first.
      order -= 1;
      return [seen, newRow(provider, seen, { isSimulated, launchedAt: adoptedAt, launchOrder: order })];
    });
    yield { readCount: found.length, adopted: await write(context, provider, rows) };
    if (missing?.size === 0) return;
  }
}

/** `launchedAt` is when the job came here; the provider's moments stand in their own columns. */
function newRow(
  provider: BatchProvider,
  seen: ProviderJob,
  shared: Pick<NewJobRow, "isSimulated" | "launchedAt" | "launchOrder">,
): NewJobRow {
  return {
    id: createId("job"),
    origin: "adopted",
    provider: provider.id,
    account: provider.account,
    task: "text",
    providerJobId: seen.id,
    userStatus: "IN_PROGRESS",
    step: "poll",
    ...shared,
  };
}

async function write(
  context: AppContext,
  provider: BatchProvider,
  rows: [ProviderJob, NewJobRow][],
): Promise<AdoptProgress["adopted"]> {
  if (rows.length === 0) return [];
  const written = await context.db.transaction(async (transaction) => {
    // Another import may have been quicker: then its rows stay.
    const added = await transaction
      .insert(jobs)
      .values(rows.map(([, row]) => row))
      .onConflictDoNothing({ target: [jobs.provider, jobs.account, jobs.providerJobId] })
      .returning();
    const addedById = new Map(added.map((row) => [row.id, row]));
    const described: { id: string; providerJobId: string; step: JobRow["step"] }[] = [];
    for (const [seen, { id }] of rows) {
      const row = addedById.get(id);
      if (!row) continue;
      const change = describeAdopted(row, seen, context.clock.now());
      await transaction.update(jobs).set(change).where(eq(jobs.id, id));
      described.push({ id, providerJobId: seen.id, step: change.step });
    }
    const ended = described.filter(({ step }) => step === "collect");
    await context.queue.send(
      "collect",
      ended.map(({ id }) => jobMessage({ id, provider: provider.id })),
      transaction,
    );
    await publishJobsChanged(transaction, added);
    return described;
  });
  if (written.some(({ step }) => step === "poll")) await hastenPoll(context, provider);
  return written.map(({ id, providerJobId }) => ({ jobId: id, providerJobId }));
}

/** Results that the provider has let go already are said to be gone instead of waited for. */
function describeAdopted(
  row: JobRow,
  seen: ProviderJob,
  now: Date,
): Partial<NewJobRow> & Pick<JobRow, "step"> {
  const change = describeProviderJob(row, seen, now);
  const { endedAt } = seen.timestamps;
  const areGone =
    seen.hasEnded && change.step === "poll" && endedAt !== null && endedAt < after(now, -lateResultsSeconds);
  if (!areGone) return change;
  return {
    ...change,
    step: "done",
    nextCheckAt: null,
    trouble: `${providerLabels[seen.provider]} no longer has the results of this job: it ended before it was imported here, and they were deleted or have expired.`,
  };
}
