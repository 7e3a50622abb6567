import { ProviderError } from "#lib/domain/errors.ts";
import type { ModelInfo } from "#lib/domain/model.ts";
import { cancelOrGet } from "../cancel-or-get.ts";
import { readResultLines } from "../json-lines.ts";
import type { BatchProvider, CallOptions, ProviderCapabilities, ProviderJob } from "../provider.ts";
import type { ProviderSettings } from "../settings.ts";
import { wireModelPageSchema, wireOperationPageSchema, wireOperationSchema } from "./api-types.ts";
import { callGoogle, createGoogleClient, nameOf, type GoogleClient } from "./client.ts";
import { downloadResults } from "./download.ts";
import { mapModels, mapOperation } from "./mapper.ts";
import { readGoogleResultLine } from "./result-line.ts";
import { deleteInputFile, submitToGoogle } from "./submit.ts";

const capabilities: ProviderCapabilities = {
  keepsJobName: true,
  countsWhileRunning: true,
  // Only the input's size and the account's enqueued tokens are limited; no number of requests is documented.
  maxRequestsPerJob: Number.MAX_SAFE_INTEGER,
  maxInputBytes: 2_000_000_000,
  // The largest page is not documented, and without a size the list has come back empty.
  listPageSize: 50,
};

const modelPageSize = 1000;

/** Google's Gemini Developer API: requests travel as an uploaded file of JSON lines. */
export function createGoogleProvider(settings: ProviderSettings): BatchProvider {
  const client = createGoogleClient(settings);

  const provider: BatchProvider = {
    id: "google",
    account: settings.account,
    capabilities,
    submit: (input, options = {}) => submitToGoogle(client, settings, provider, input, options),
    get: (id, options = {}) =>
      callGoogle(client, options, (sdk) => sdk.batches.get({ name: nameOf(id) }), mapOperation),
    list: (query, options = {}) => listOperations(client, query.since, options),
    // The reply to a cancellation is empty, so the batch is read afterwards.
    cancel: (id, options = {}) =>
      cancelOrGet(provider, id, options, async () => {
        await callGoogle(client, options, (sdk) => sdk.batches.cancel({ name: nameOf(id) }), ignoreReply);
        return provider.get(id, options);
      }),
    remove: (id, options = {}) => removeBatch(client, provider, id, options),
    results: (job, options = {}) => readResultLines(provider.rawResults(job, options), readGoogleResultLine),
    rawResults: (job, options = {}) => downloadResults(client, job, options),
    readResultLine: readGoogleResultLine,
    models: (options = {}) => listModels(client, options),
  };
  return provider;
}

/** Newest first, page by page. The list has no filter by time, so it ends at the first batch that is too old. */
async function* listOperations(
  client: GoogleClient,
  since: Date,
  options: CallOptions,
): AsyncIterable<ProviderJob> {
  let pageToken: string | undefined;
  for (;;) {
    const config = { pageSize: capabilities.listPageSize, pageToken };
    const page = await callGoogle(client, options, (sdk) => sdk.batches.list({ config }), readOperationPage);
    for (const job of page.jobs) {
      if (job.timestamps.createdAt && job.timestamps.createdAt < since) return;
      yield job;
    }
    if (!page.nextPageToken || page.nextPageToken === pageToken) return;
    pageToken = page.nextPageToken;
  }
}

function readOperationPage(reply: unknown): { jobs: ProviderJob[]; nextPageToken: string | null } {
  const { operations, nextPageToken } = wireOperationPageSchema.parse(reply);
  return { jobs: (operations ?? []).map(mapOperation), nextPageToken: nextPageToken || null };
}

function ignoreReply(): void {}

async function listModels(client: GoogleClient, options: CallOptions): Promise<ModelInfo[]> {
  const models: ModelInfo[] = [];
  let pageToken: string | undefined;
  for (;;) {
    const config = { pageSize: modelPageSize, pageToken };
    const page = await callGoogle(
      client,
      options,
      (sdk) => sdk.models.list({ config }),
      (reply) => wireModelPageSchema.parse(reply),
    );
    models.push(...mapModels(page));
    if (!page.nextPageToken || page.nextPageToken === pageToken) return models;
    pageToken = page.nextPageToken;
  }
}

/** Deletes the batch, and with it its result file; then the uploaded input, which would go after 48 hours by itself. */
async function removeBatch(
  client: GoogleClient,
  provider: Pick<BatchProvider, "get">,
  id: string,
  options: CallOptions,
): Promise<void> {
  const job = await provider.get(id, options);
  await callGoogle(client, options, (sdk) => sdk.batches.delete({ name: nameOf(id) }), ignoreReply);
  const fileName = wireOperationSchema.safeParse(job.raw).data?.metadata.inputConfig?.fileName;
  if (!fileName) return;
  try {
    await deleteInputFile(client, fileName, options);
  } catch (error) {
    // A file that is gone is answered with 403; either way the batch itself has been removed.
    if (!(error instanceof ProviderError)) throw error;
  }
}
