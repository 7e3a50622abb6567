import { ProviderError } from "#lib/domain/errors.ts";
import { callProvider } from "../call-provider.ts";
import { cancelOrGet } from "../cancel-or-get.ts";
import { readResultLines } from "../json-lines.ts";
import { jobsSince, type Page } from "../list-pages.ts";
import type { BatchProvider, CallOptions, ProviderCapabilities, ProviderJob } from "../provider.ts";
import type { ProviderSettings } from "../settings.ts";
import { watchCalls } from "../watch-calls.ts";
import { wireBatchPageSchema, wireBatchSchema, wireModelPageSchema } from "./api-types.ts";
import { createOpenAiClient, type OpenAiClient } from "./client.ts";
import { downloadFiles } from "./download.ts";
import { deleteFile, listFiles } from "./files.ts";
import { mapBatch, mapModels } from "./mapper.ts";
import { readOpenAiResultLine } from "./result-line.ts";
import { submitToOpenAi } from "./submit.ts";

const capabilities: ProviderCapabilities = {
  keepsJobName: true,
  countsWhileRunning: true,
  maxRequestsPerJob: 50_000,
  maxInputBytes: 200 * 1024 * 1024,
  listPageSize: 100,
  fileFields: [["input_file_id"], ["output_file_id"], ["error_file_id"]],
  resultFileFields: [["output_file_id"], ["error_file_id"]],
};

/** OpenAI's batch API: requests travel as an uploaded file of JSON lines to `/v1/chat/completions`. */
export function createOpenAiProvider(settings: ProviderSettings): BatchProvider {
  const client = createOpenAiClient(settings);
  const now = () => settings.clock.now();

  const provider: BatchProvider = {
    id: "openai",
    account: settings.account,
    capabilities,
    submit: (input, options = {}) => submitToOpenAi(client, settings, provider, input, options),
    discardInput: (inputFile, options = {}) => deleteFile(client, inputFile, options),
    listFiles: (options = {}) => listFiles(client, options),
    deleteFile: (fileId, options = {}) => deleteFile(client, fileId, options),
    get: (id, options = {}) =>
      callProvider(client.context, options, async (signal) =>
        mapBatch(await client.sdk.batches.retrieve(id, { signal }), now()),
      ),
    list: (query, options = {}) =>
      jobsSince(client.context, query.since, (after) => readBatchPage(client, now(), after, options)),
    cancel: (id, options = {}) =>
      cancelOrGet(provider, id, options, () =>
        callProvider(client.context, options, async (signal) =>
          mapBatch(await client.sdk.batches.cancel(id, { signal }), now()),
        ),
      ),
    remove: async (id, options = {}) => removeFiles(client, await provider.get(id, options), options),
    results: (job, options = {}) => readResultLines(provider.rawResults(job, options), readOpenAiResultLine),
    rawResults: (job, options = {}) => rawResults(client, provider, job, options),
    readResultLine: readOpenAiResultLine,
    models: (options = {}) =>
      callProvider(client.context, options, async (signal) => {
        const page = await client.sdk.get("/models", { signal });
        return mapModels(wireModelPageSchema.parse(page), now());
      }),
  };
  return watchCalls(provider, settings);
}

function readBatchPage(
  client: OpenAiClient,
  now: Date,
  after: string | null,
  options: CallOptions,
): Promise<Page<ProviderJob>> {
  return callProvider(client.context, options, async (signal) => {
    // Not `batches.list`: its page takes a reply that is no list for an empty one, and a lost batch would be paid twice.
    const query = { limit: capabilities.listPageSize, after: after ?? undefined };
    const reply = await client.sdk.get("/batches", { query, signal });
    const { data, has_more } = wireBatchPageSchema.parse(reply);
    const items = data.map((raw) => mapBatch(raw, now));
    return { items, next: (has_more && items.at(-1)?.id) || null };
  });
}

/** The output file, then the error file. The ids are read anew when the job at hand was taken before they were there. */
async function* rawResults(
  client: OpenAiClient,
  provider: Pick<BatchProvider, "get">,
  job: ProviderJob,
  options: CallOptions,
): AsyncIterable<Uint8Array> {
  let fileIds = resultFileIds(job);
  if (fileIds.length === 0) {
    const current = await provider.get(job.id, options);
    fileIds = resultFileIds(current);
    const expectedCount = (current.counts.succeeded ?? 0) + (current.counts.failed ?? 0);
    // A batch can be shown without its files for a while after it has ended; nothing is no result of it.
    if (fileIds.length === 0 && expectedCount > 0) {
      throw new ProviderError(
        `OpenAI names no result file of ${job.id} yet, although it counted ${expectedCount} requests. It is looked for again.`,
        { provider: "openai", kind: "not_found", isRetryable: true },
      );
    }
  }
  yield* downloadFiles(client, fileIds, options);
}

function resultFileIds(job: ProviderJob): string[] {
  const { data } = wireBatchSchema.safeParse(job.raw);
  return [data?.output_file_id, data?.error_file_id].filter((id) => typeof id === "string");
}

/** OpenAI keeps the batch itself for good; what can be deleted are its three files. */
async function removeFiles(client: OpenAiClient, job: ProviderJob, options: CallOptions): Promise<void> {
  if (!job.hasEnded) {
    throw new ProviderError(
      `The batch ${job.id} is still ${job.serviceStatus}, and without its input file it could not go on. Cancel it first.`,
      { provider: "openai", kind: "conflict", isRetryable: false },
    );
  }
  const { data } = wireBatchSchema.safeParse(job.raw);
  for (const id of [data?.input_file_id, ...resultFileIds(job)]) {
    if (id) await deleteFile(client, id, options);
  }
}
