import { ProviderError } from "#lib/domain/errors.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { accountTroubleOf } from "./account-health.ts";
import type { KnownJob } from "./record.ts";

const concurrentGets = 8;
const listedAtOnce = 100;

export type StatusReading = { job: KnownJob; outcome: ProviderJob | ProviderError };

/** How many of our batches at the account were created at or after a moment: what a listing has to page through. */
export type CountCreatedSince = (since: Date) => Promise<number>;

/**
 * Reads the present state of these jobs with the fewest calls: the young ones through list pages where those are fewer
 * than single calls, the others one call each, eight at a time. A list that lacks a job falls back to that job's own
 * call. Yields as answers arrive. A failure of the account as a whole ends it: it counts for every job that is left.
 */
export async function* readStatuses(
  provider: BatchProvider,
  due: KnownJob[],
  countCreatedSince: CountCreatedSince,
  signal?: AbortSignal,
): AsyncIterable<StatusReading[]> {
  const waiting = new Map(due.flatMap((job) => (job.providerJobId ? [[job.providerJobId, job]] : [])));
  const listing = await planListing(provider, due, countCreatedSince);
  if (listing) {
    let found: StatusReading[] = [];
    try {
      for await (const seen of listUntilFound(provider, listing, waiting, signal)) {
        const job = waiting.get(seen.id);
        if (!job) continue;
        waiting.delete(seen.id);
        found.push({ job, outcome: seen });
        if (found.length < listedAtOnce) continue;
        yield found;
        found = [];
      }
      yield found;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      yield found;
      if (accountTroubleOf(error)) return yield* failAll(waiting, error);
    }
  }
  yield* getEach(provider, waiting, signal);
}

async function* getEach(
  provider: BatchProvider,
  waiting: Map<string, KnownJob>,
  signal?: AbortSignal,
): AsyncIterable<StatusReading[]> {
  const remaining = [...waiting];
  for (let start = 0; start < remaining.length; start += concurrentGets) {
    const part = remaining.slice(start, start + concurrentGets);
    const readings = await Promise.all(
      part.map(async ([id, job]) => ({ job, outcome: await getOrError(provider, id, signal) })),
    );
    yield readings;
    for (const [id] of part) waiting.delete(id);
    const failures = readings.flatMap(({ outcome }) => (outcome instanceof ProviderError ? [outcome] : []));
    const stopping = failures.find((error) => endsTheRound(error, failures.length === readings.length));
    if (stopping) return yield* failAll(waiting, stopping);
  }
}

/** A limit or a refused key holds for every call; other trouble of a provider only when nothing comes through. */
function endsTheRound(error: ProviderError, hasAllFailed: boolean): boolean {
  const trouble = accountTroubleOf(error);
  if (trouble === null) return error.kind === "aborted";
  return hasAllFailed || (trouble !== "failing" && trouble !== "unreachable");
}

async function* failAll(
  waiting: Map<string, KnownJob>,
  error: ProviderError,
): AsyncIterable<StatusReading[]> {
  yield [...waiting.values()].map((job) => ({ job, outcome: error }));
}

type Listing = { since: Date; pageCount: number };

/**
 * The listing that saves the most calls over asking for each job, found among halvings of the due jobs by age; null
 * when none does. Two calls more than counted are allowed for batches that others have created at the account.
 */
async function planListing(
  provider: BatchProvider,
  due: KnownJob[],
  countCreatedSince: CountCreatedSince,
): Promise<Listing | null> {
  const created = due
    .flatMap((job) => (job.providerCreatedAt ? [job.providerCreatedAt] : []))
    .toSorted((left, right) => right.getTime() - left.getTime());
  let best: (Listing & { savedCalls: number }) | null = null;
  for (let count = created.length; count > 3; count = Math.floor(count / 2)) {
    const since = created[count - 1];
    if (!since) break;
    const pageCount = Math.ceil((await countCreatedSince(since)) / provider.capabilities.listPageSize);
    const savedCalls = count - pageCount - 2;
    if (savedCalls > (best?.savedCalls ?? 0)) best = { since, pageCount, savedCalls };
  }
  return best;
}

async function* listUntilFound(
  provider: BatchProvider,
  { since, pageCount }: Listing,
  waiting: Map<string, KnownJob>,
  signal?: AbortSignal,
): AsyncIterable<ProviderJob> {
  const wanted = new Set(
    [...waiting].flatMap(([id, job]) =>
      job.providerCreatedAt && job.providerCreatedAt >= since ? [id] : [],
    ),
  );
  // Batches of others can fill the pages; beyond twice what we expected, single calls are cheaper.
  const mostRead = 2 * (pageCount + 1) * provider.capabilities.listPageSize;
  let readCount = 0;
  for await (const seen of provider.list({ since }, { signal })) {
    yield seen;
    readCount += 1;
    wanted.delete(seen.id);
    if (wanted.size === 0 || readCount >= mostRead) return;
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
