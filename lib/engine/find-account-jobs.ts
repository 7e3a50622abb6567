import { and, eq, inArray, isNotNull, min } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import type { AccountJobState } from "#lib/domain/account-job.ts";
import type { CancelReason } from "#lib/domain/user-status.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { after } from "./back-off.ts";

/** Batches that are looked up in the database at once. */
const chunkSize = 100;
/** A batch this much older than a submission, by the provider's clock, is still taken for its possible outcome. */
const clockToleranceSeconds = 60 * 60;

export type FoundJob = {
  seen: ProviderJob;
  state: AccountJobState;
  jobId: string | null;
  /** Who cancelled a known job, where this database knows. */
  cancelReason: CancelReason | null;
};

/**
 * The batches of an account created since a moment, newest first, each with whether this database knows it. Yields in
 * chunks as the provider's pages arrive; only one chunk stands in memory. Rejects with `ProviderError`.
 */
export async function* findAccountJobs(
  db: Database,
  provider: BatchProvider,
  since: Date,
  signal?: AbortSignal,
): AsyncIterable<FoundJob[]> {
  let chunk: ProviderJob[] = [];
  for await (const seen of provider.list({ since }, { signal })) {
    chunk.push(seen);
    if (chunk.length < chunkSize) continue;
    yield await judge(db, provider, chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield await judge(db, provider, chunk);
}

/**
 * Open submissions are read before known batches: one that settles in between is then seen as known, never as new.
 * Accounts are not told apart, because several keys can lead to one account.
 */
async function judge(db: Database, provider: BatchProvider, chunk: ProviderJob[]): Promise<FoundJob[]> {
  const submitting = provider.capabilities.keepsJobName
    ? await submittingByName(db, chunk)
    : await submittingByShape(db, provider, chunk);
  const known = await knownJobs(db, provider, chunk);
  return chunk.map((seen) => {
    const job = known.get(seen.id);
    if (job) return { seen, state: "known", jobId: job.id, cancelReason: job.cancelReason };
    const state = submitting.has(seen.id) ? "submitting" : "new";
    return { seen, state, jobId: null, cancelReason: null };
  });
}

async function knownJobs(
  db: Database,
  provider: BatchProvider,
  chunk: ProviderJob[],
): Promise<Map<string, Pick<JobRow, "id" | "cancelReason">>> {
  const rows = await db
    .select({ id: jobs.id, providerJobId: jobs.providerJobId, cancelReason: jobs.cancelReason })
    .from(jobs)
    .where(
      and(
        eq(jobs.provider, provider.id),
        inArray(
          jobs.providerJobId,
          chunk.map((seen) => seen.id),
        ),
      ),
    );
  return new Map(rows.flatMap((row) => (row.providerJobId ? [[row.providerJobId, row]] : [])));
}

/** The provider kept our name: a batch that carries the name of a job not yet settled is that job's. */
async function submittingByName(db: Database, chunk: ProviderJob[]): Promise<Set<string>> {
  const names = chunk.flatMap((seen) => (seen.name === null ? [] : [seen.name]));
  if (names.length === 0) return new Set();
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.id, names), eq(jobs.step, "submit")));
  const unsettled = new Set(rows.map((row) => row.id));
  return new Set(chunk.flatMap(({ id, name }) => (name !== null && unsettled.has(name) ? [id] : [])));
}

/** No name comes back: any batch of the size and time of an open submission may be its outcome. */
async function submittingByShape(
  db: Database,
  provider: BatchProvider,
  chunk: ProviderJob[],
): Promise<Set<string>> {
  const open = await db
    .select({ requestCount: jobs.requestCount, startedAt: min(jobs.submitStartedAt) })
    .from(jobs)
    .where(and(eq(jobs.provider, provider.id), eq(jobs.step, "submit"), isNotNull(jobs.submitStartedAt)))
    .groupBy(jobs.requestCount);
  const startOf = new Map(open.map(({ requestCount, startedAt }) => [requestCount, startedAt]));
  return new Set(
    chunk.flatMap(({ id, counts, timestamps: { createdAt } }) => {
      const startedAt = startOf.get(counts.total);
      if (!startedAt) return [];
      const mayBeOurs = createdAt === null || createdAt >= after(startedAt, -clockToleranceSeconds);
      return mayBeOurs ? [id] : [];
    }),
  );
}
