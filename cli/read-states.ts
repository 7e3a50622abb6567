import { ProviderError } from "#lib/domain/errors.ts";
import type { JobReport } from "#lib/domain/job-report.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { mapInOrder } from "./map-in-order.ts";

export type StateReading = { report: JobReport; outcome: ProviderJob | ProviderError };

type ReadOptions = { concurrency: number; signal: AbortSignal };

/**
 * Reads the present state of the jobs of these reports with few calls: through list pages while they save calls over
 * asking for each, then one call for each that is left, several at a time. Yields as answers arrive. After a refusal
 * that holds for every call (a wrong key), the jobs that are left are not asked for.
 */
export async function* readStates(
  provider: BatchProvider,
  reports: readonly JobReport[],
  options: ReadOptions,
): AsyncIterable<StateReading> {
  const waiting = new Map(reports.map((report) => [report.jobId, report]));
  for await (const job of listed(provider, waiting, options.signal)) {
    const report = waiting.get(job.id);
    if (!report) continue;
    waiting.delete(job.id);
    yield { report, outcome: job };
  }
  let refusal: ProviderError | null = null;
  const readings = mapInOrder(waiting.values(), options.concurrency, async (report) => {
    const outcome = refusal ?? (await getOrError(provider, report.jobId, options.signal));
    if (outcome instanceof ProviderError && holdsForEveryCall(outcome)) refusal = outcome;
    return { report, outcome };
  });
  yield* readings;
}

/** Pages of the list, newest first, for as long as one page costs less than the jobs that it can still bring. */
async function* listed(
  provider: BatchProvider,
  waiting: ReadonlyMap<string, JobReport>,
  signal: AbortSignal,
): AsyncIterable<ProviderJob> {
  const created = [...waiting.values()].flatMap((report) => report.createdAt ?? []);
  if (created.length < 4) return;
  const since = new Date(Math.min(...created.map((date) => date.getTime())));
  const { listPageSize } = provider.capabilities;
  let readCount = 0;
  try {
    for await (const job of provider.list({ since }, { signal })) {
      yield job;
      readCount += 1;
      const pageCount = Math.ceil(readCount / listPageSize);
      const isPageRead = readCount % listPageSize === 0;
      if (waiting.size === 0 || (isPageRead && pageCount >= Math.max(2, created.length / 4))) return;
    }
  } catch (error) {
    // The single calls tell what is wrong, each for its own job.
    if (!(error instanceof ProviderError)) throw error;
  }
}

async function getOrError(
  provider: BatchProvider,
  id: string,
  signal: AbortSignal,
): Promise<ProviderJob | ProviderError> {
  try {
    return await provider.get(id, { signal });
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
}

function holdsForEveryCall({ kind }: ProviderError): boolean {
  return kind === "authentication" || kind === "permission" || kind === "aborted";
}
