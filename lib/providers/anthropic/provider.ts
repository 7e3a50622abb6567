import { ProviderError } from "#lib/domain/errors.ts";
import type { ModelInfo } from "#lib/domain/model.ts";
import { callProvider } from "../call-provider.ts";
import { cancelOrGet } from "../cancel-or-get.ts";
import { readResultLines } from "../json-lines.ts";
import { jobsSince, readAllPages, type Page } from "../list-pages.ts";
import type {
  BatchProvider,
  CallOptions,
  ProviderCapabilities,
  ProviderFile,
  ProviderJob,
} from "../provider.ts";
import type { ProviderSettings } from "../settings.ts";
import { watchCalls } from "../watch-calls.ts";
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
  fileFields: [],
  resultFileFields: [],
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
    discardInput: () => Promise.resolve(),
    listFiles: noFiles,
    deleteFile: (fileId) => Promise.reject(noSuchFile(fileId)),
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
  return watchCalls(provider, settings);
}

/** Requests travel in the creation and results live with their batch: there is nothing to list, and no call to make. */
async function* noFiles(): AsyncIterable<ProviderFile> {}

function noSuchFile(fileId: string): ProviderError {
  return new ProviderError(`Anthropic keeps no files for batches, so there is no ${fileId} to delete.`, {
    provider: "anthropic",
    kind: "invalid_request",
    isRetryable: false,
  });
}

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
    return { items: data.map(read), next: (has_more && data.length > 0 && last_id) || null };
  });
}

function listBatches(client: AnthropicClient, since: Date, options: CallOptions): AsyncIterable<ProviderJob> {
  return jobsSince(client.context, since, (after) => {
    const query = { limit: capabilities.listPageSize, after_id: after ?? undefined };
    return readPage(client, "/v1/messages/batches", query, mapBatch, options);
  });
}

/** Retired models are asked for by name: the launch page marks them rather than hiding them. */
function listModels(client: AnthropicClient, now: Date, options: CallOptions): Promise<ModelInfo[]> {
  return readAllPages(client.context, (after) => {
    const lifecycle = ["active", "deprecated", "retired"];
    const query = { limit: modelPageSize, lifecycle, after_id: after ?? undefined };
    return readPage(client, "/v1/models", query, (raw) => mapModel(raw, now), options);
  });
}
