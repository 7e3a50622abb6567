import { ProviderError } from "#lib/domain/errors.ts";
import type { ModelInfo } from "#lib/domain/model.ts";
import { cancelOrGet } from "../cancel-or-get.ts";
import { readResultLines } from "../json-lines.ts";
import { jobsSince, readAllPages, type Page } from "../list-pages.ts";
import type { BatchProvider, CallOptions, ProviderCapabilities, ProviderJob } from "../provider.ts";
import type { ProviderSettings } from "../settings.ts";
import { watchCalls } from "../watch-calls.ts";
import { wireModelPageSchema, wireOperationPageSchema, wireOperationSchema } from "./api-types.ts";
import { callGoogle, createGoogleClient, nameOf, type GoogleClient } from "./client.ts";
import { downloadResults } from "./download.ts";
import { deleteFile, listFiles } from "./files.ts";
import { mapModels, mapOperation } from "./mapper.ts";
import { readGoogleResultLine } from "./result-line.ts";
import { deleteInputFile, submitToGoogle } from "./submit.ts";

const capabilities: ProviderCapabilities = {
  keepsJobName: true,
  countsWhileRunning: true,
  // Only the input's size and the account's enqueued tokens are limited; no number of requests is documented.
  maxRequestsPerJob: Number.MAX_SAFE_INTEGER,
  maxInputBytes: 2_000_000_000,
  // The largest page is documented for files only (100), and larger sizes are cut. Without a size the list has come back
  // empty.
  listPageSize: 100,
  fileFields: [["metadata", "inputConfig", "fileName"]],
  resultFileFields: [],
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
    discardInput: (inputFile, options = {}) => discardInputFile(client, inputFile, options),
    listFiles: (options = {}) => listFiles(client, options),
    deleteFile: (fileId, options = {}) => deleteFile(client, fileId, options),
    get: (id, options = {}) =>
      callGoogle(client, options, (sdk) => sdk.batches.get({ name: nameOf(id) }), mapOperation),
    list: (query, options = {}) =>
      jobsSince(client.context, query.since, (token) => readOperationPage(client, token, options)),
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
    models: (options = {}) => readAllPages(client.context, (token) => readModelPage(client, token, options)),
  };
  return watchCalls(provider, settings);
}

function readOperationPage(
  client: GoogleClient,
  pageToken: string | null,
  options: CallOptions,
): Promise<Page<ProviderJob>> {
  const config = { pageSize: capabilities.listPageSize, pageToken: pageToken ?? undefined };
  return callGoogle(
    client,
    options,
    (sdk) => sdk.batches.list({ config }),
    (reply) => {
      const { operations, nextPageToken } = wireOperationPageSchema.parse(reply);
      return { items: (operations ?? []).map(mapOperation), next: nextPageToken || null };
    },
  );
}

function ignoreReply(): void {}

function readModelPage(
  client: GoogleClient,
  pageToken: string | null,
  options: CallOptions,
): Promise<Page<ModelInfo>> {
  const config = { pageSize: modelPageSize, pageToken: pageToken ?? undefined };
  return callGoogle(
    client,
    options,
    (sdk) => sdk.models.list({ config }),
    (reply) => {
      const page = wireModelPageSchema.parse(reply);
      return { items: mapModels(page), next: page.nextPageToken || null };
    },
  );
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

async function discardInputFile(client: GoogleClient, fileName: string, options: CallOptions): Promise<void> {
  try {
    await deleteInputFile(client, fileName, options);
  } catch (error) {
    // A file that is gone is answered with 403, as one of somebody else's would be.
    const isGone = error instanceof ProviderError && ["not_found", "permission"].includes(error.kind);
    if (!isGone) throw error;
  }
}
