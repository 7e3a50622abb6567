import type { ModelInfo } from "#lib/domain/model.ts";
import { callProvider } from "../call-provider.ts";
import { cancelOrGet } from "../cancel-or-get.ts";
import { readResultLines } from "../json-lines.ts";
import type { BatchProvider, CallOptions, ProviderCapabilities, ProviderJob } from "../provider.ts";
import type { ProviderSettings } from "../settings.ts";
import { wirePageSchema } from "./api-types.ts";
import { createAnthropicClient, type AnthropicClient } from "./client.ts";
import { downloadResults } from "./download.ts";
import { mapBatch, mapModel } from "./mapper.ts";
import { readAnthropicResultLine } from "./result-line.ts";
import { submitToAnthropic } from "./submit.ts";

const capabilities: ProviderCapabilities = {
  keepsJobName: false,
  countsWhileRunning: false,
  maxRequestsPerJob: 100_000,
  // Documented as 256 MB without saying which; the smaller reading is safe.
  maxInputBytes: 256_000_000,
  listPageSize: 100,
};

const modelPageSize = 1000;

/** Anthropic's Message Batches API: one call carries all requests. */
export function createAnthropicProvider(settings: ProviderSettings): BatchProvider {
  const client = createAnthropicClient(settings);
  const { batches } = client.sdk.messages;

  const provider: BatchProvider = {
    id: "anthropic",
    account: settings.account,
    capabilities,
    submit: (input, options = {}) => submitToAnthropic(client, settings, provider, input, options),
    get: (id, options = {}) =>
      callProvider(client.context, options, async (signal) =>
        mapBatch(await batches.retrieve(id, {}, { signal })),
      ),
    list: (query, options = {}) => listBatches(client, query.since, options),
    cancel: (id, options = {}) =>
      cancelOrGet(provider, id, options, () =>
        callProvider(client.context, options, async (signal) =>
          mapBatch(await batches.cancel(id, {}, { signal })),
        ),
      ),
    remove: async (id, options = {}) => {
      await callProvider(client.context, options, (signal) => batches.delete(id, {}, { signal }));
    },
    results: (job, options = {}) =>
      readResultLines(provider.rawResults(job, options), readAnthropicResultLine),
    rawResults: (job, options = {}) => downloadResults(client, provider, job, options),
    readResultLine: readAnthropicResultLine,
    models: (options = {}) => listModels(client, settings.clock.now(), options),
  };
  return provider;
}

type Page<Item> = { items: Item[]; nextId: string | null };

/** One page of a list that is walked by `after_id`. Not the SDK's page: it takes a reply that is no list for an empty one. */
function readPage<Item>(
  client: AnthropicClient,
  path: string,
  query: Record<string, unknown>,
  read: (raw: unknown) => Item,
  options: CallOptions,
): Promise<Page<Item>> {
  return callProvider(client.context, options, async (signal) => {
    const { data, has_more, last_id } = wirePageSchema.parse(await client.sdk.get(path, { query, signal }));
    const hasNext = has_more && data.length > 0 && last_id !== query.after_id;
    return { items: data.map(read), nextId: (hasNext && last_id) || null };
  });
}

/** Newest first, page by page. The list has no filter by time, so it ends at the first batch that is too old. */
async function* listBatches(
  client: AnthropicClient,
  since: Date,
  options: CallOptions,
): AsyncIterable<ProviderJob> {
  let query: Record<string, unknown> = { limit: capabilities.listPageSize };
  for (;;) {
    const page = await readPage(client, "/v1/messages/batches", query, mapBatch, options);
    for (const job of page.items) {
      if (job.timestamps.createdAt && job.timestamps.createdAt < since) return;
      yield job;
    }
    if (page.nextId === null) return;
    query = { ...query, after_id: page.nextId };
  }
}

/** Retired models are asked for by name: the launch page marks them rather than hiding them. */
async function listModels(client: AnthropicClient, now: Date, options: CallOptions): Promise<ModelInfo[]> {
  const models: ModelInfo[] = [];
  let query: Record<string, unknown> = {
    limit: modelPageSize,
    lifecycle: ["active", "deprecated", "retired"],
  };
  for (;;) {
    const page = await readPage(client, "/v1/models", query, (raw) => mapModel(raw, now), options);
    models.push(...page.items);
    if (page.nextId === null) return models;
    query = { ...query, after_id: page.nextId };
  }
}
