import { ProviderError } from "#lib/domain/errors.ts";
import type { BatchProvider, ProviderJob, SubmitInput } from "#lib/providers/provider.ts";
import { collect } from "./support.ts";

const mostAttempts = 12;

/**
 * A provider as a careful caller uses it, without waiting: what may be tried again is tried again, and a submission whose
 * outcome is unknown is looked for before it is repeated. Every error that was overcome is in `overcome`.
 */
export function patientCaller(provider: BatchProvider): {
  patient: BatchProvider;
  overcome: ProviderError[];
} {
  const overcome: ProviderError[] = [];
  const known = new Set<string>();

  async function again<Reply>(call: () => Promise<Reply>): Promise<Reply> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ProviderError) || !error.isRetryable || attempt === mostAttempts) throw error;
        overcome.push(error);
      }
    }
  }

  async function find({ jobName, requestCount }: SubmitInput): Promise<ProviderJob | undefined> {
    const jobs = await again(() => collect(provider.list({ since: new Date(0) })));
    return jobs.find((job) =>
      provider.capabilities.keepsJobName
        ? job.name === jobName
        : job.counts.total === requestCount && !known.has(job.id),
    );
  }

  async function submit(input: SubmitInput): Promise<ProviderJob> {
    let mayExist = false;
    const job = await again(async () => {
      const found = mayExist ? await find(input) : undefined;
      if (found) return found;
      try {
        return await provider.submit(input);
      } catch (error) {
        mayExist = error instanceof ProviderError && error.leavesOutcomeUnknown;
        throw error;
      }
    });
    known.add(job.id);
    return job;
  }

  async function remove(id: string): Promise<void> {
    const errorsBefore = overcome.length;
    try {
      await again(() => provider.remove(id));
    } catch (error) {
      const mayBeDone = overcome.slice(errorsBefore).some((earlier) => earlier.leavesOutcomeUnknown);
      const isGone = error instanceof ProviderError && error.kind === "not_found";
      if (!(mayBeDone && isGone && known.has(id))) throw error;
    }
  }

  async function* whole<Item>(read: () => AsyncIterable<Item>): AsyncIterable<Item> {
    yield* await again(() => collect(read()));
  }

  const patient: BatchProvider = {
    ...provider,
    submit,
    remove,
    get: (id) => again(() => provider.get(id)),
    cancel: (id) => again(() => provider.cancel(id)),
    models: () => again(() => provider.models()),
    listFiles: () => whole(() => provider.listFiles()),
    deleteFile: (fileId) => again(() => provider.deleteFile(fileId)),
    list: (query) => whole(() => provider.list(query)),
    results: (job) => whole(() => provider.results(job)),
    rawResults: (job) => whole(() => provider.rawResults(job)),
  };
  return { patient, overcome };
}
