import type { JobRow } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";

const concurrentGets = 8;

export type StatusReading = { job: JobRow; outcome: ProviderJob | ProviderError };

/**
 * Reads the present state of these jobs with the fewest calls: through list pages when they are many, else one call
 * each, eight at a time. A list that fails or lacks a job falls back to that job's own call. Yields as answers arrive.
 */
export async function* readStatuses(
  provider: BatchProvider,
  due: JobRow[],
  signal?: AbortSignal,
): AsyncIterable<StatusReading> {
  const waiting = new Map(due.flatMap((job) => (job.providerJobId ? [[job.providerJobId, job]] : [])));
  if (listSavesCalls(provider, due)) {
    for await (const seen of listUntilFound(provider, due, waiting, signal)) {
      const job = waiting.get(seen.id);
      if (!job) continue;
      waiting.delete(seen.id);
      yield { job, outcome: seen };
    }
  }
  const remaining = [...waiting];
  for (let start = 0; start < remaining.length; start += concurrentGets) {
    yield* await Promise.all(
      remaining
        .slice(start, start + concurrentGets)
        .map(async ([id, job]) => ({ job, outcome: await getOrError(provider, id, signal) })),
    );
  }
}

/** Our own jobs since the oldest due one are the least that a listing must page through. */
function listSavesCalls(provider: BatchProvider, due: JobRow[]): boolean {
  return due.length > 2 * Math.ceil(due.length / provider.capabilities.listPageSize) + 2;
}

async function* listUntilFound(
  provider: BatchProvider,
  due: JobRow[],
  waiting: Map<string, JobRow>,
  signal?: AbortSignal,
): AsyncIterable<ProviderJob> {
  const created = due.flatMap((job) => (job.providerCreatedAt ? [job.providerCreatedAt.getTime()] : []));
  if (created.length === 0) return;
  const pagesWorthReading = Math.ceil(due.length / 2);
  let readCount = 0;
  try {
    for await (const seen of provider.list({ since: new Date(Math.min(...created)) }, { signal })) {
      yield seen;
      readCount += 1;
      const isPastWorth = readCount / provider.capabilities.listPageSize > pagesWorthReading;
      if (waiting.size === 0 || isPastWorth) return;
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
  }
}

async function getOrError(
  provider: BatchProvider,
  id: string,
  signal?: AbortSignal,
): Promise<ProviderJob | ProviderError> {
  try {
    return await provider.get(id, { signal });
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}
