import type { ProviderVerb } from "#lib/domain/provider-verbs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { BatchProvider, ProviderJob } from "./provider.ts";
import { RecentlySeenJobs } from "./recently-seen.ts";
import type { ProviderSettings } from "./settings.ts";

/** Sees every call of the port. Its methods must not throw. */
export type CallWatcher = {
  called?(verb: ProviderVerb): void;
  /** The provider named this batch in a reply. */
  saw?(job: ProviderJob): void;
  removed?(jobId: string): void;
  /** What it returns is thrown in place of `error`. `jobId` is null where the call is about no single batch. */
  failed?(verb: ProviderVerb, error: ProviderError, jobId: string | null): ProviderError;
};

/** The same provider, patient with jobs that it has just seen, and with every call shown to the observer. */
export function watchCalls(
  provider: BatchProvider,
  { clock, observer }: Pick<ProviderSettings, "clock" | "observer">,
): BatchProvider {
  const watchers: CallWatcher[] = [new RecentlySeenJobs(clock), ...(observer ? [observer] : [])];
  const called = (verb: ProviderVerb) => watchers.forEach((watcher) => watcher.called?.(verb));
  const saw = (job: ProviderJob) => watchers.forEach((watcher) => watcher.saw?.(job));

  function judge(verb: ProviderVerb, thrown: unknown, jobId: string | null): unknown {
    // Anything else is the caller's own, such as an error of its request source.
    if (!(thrown instanceof ProviderError)) return thrown;
    return watchers.reduce((error, watcher) => watcher.failed?.(verb, error, jobId) ?? error, thrown);
  }

  async function one<Reply>(verb: ProviderVerb, jobId: string | null, call: Promise<Reply>): Promise<Reply> {
    called(verb);
    try {
      return await call;
    } catch (error) {
      throw judge(verb, error, jobId);
    }
  }

  async function oneJob(
    verb: ProviderVerb,
    jobId: string | null,
    call: Promise<ProviderJob>,
  ): Promise<ProviderJob> {
    const seen = await one(verb, jobId, call);
    saw(seen);
    return seen;
  }

  async function* many<Item>(verb: ProviderVerb, jobId: string | null, items: AsyncIterable<Item>) {
    called(verb);
    try {
      yield* items;
    } catch (error) {
      throw judge(verb, error, jobId);
    }
  }

  return {
    ...provider,
    submit: (input, options) => oneJob("submit", null, provider.submit(input, options)),
    get: (id, options) => oneJob("get", id, provider.get(id, options)),
    cancel: (id, options) => oneJob("cancel", id, provider.cancel(id, options)),
    async remove(id, options) {
      await one("remove", id, provider.remove(id, options));
      for (const watcher of watchers) watcher.removed?.(id);
    },
    async *list(query, options) {
      for await (const seen of many("list", null, provider.list(query, options))) {
        saw(seen);
        yield seen;
      }
    },
    results: (ended, options) => many("results", ended.id, provider.results(ended, options)),
    rawResults: (ended, options) => many("results", ended.id, provider.rawResults(ended, options)),
    listFiles: (options) => many("listFiles", null, provider.listFiles(options)),
    deleteFile: (fileId, options) => one("deleteFile", null, provider.deleteFile(fileId, options)),
    models: (options) => one("models", null, provider.models(options)),
  };
}
