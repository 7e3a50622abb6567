import { openAsBlob } from "node:fs";
import { ProviderError } from "#lib/domain/errors.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import type { BatchProvider, CallOptions, ProviderJob, SubmitInput } from "../provider.ts";
import { createTimeoutMs, uploadTimeoutMs, type ProviderSettings } from "../settings.ts";
import { withSpooledRequests, type SpooledFile } from "../spool.ts";
import { wireUploadedFileSchema } from "./api-types.ts";
import { callGoogle, type GoogleClient } from "./client.ts";
import { mapOperation } from "./mapper.ts";

/** Uploads the requests as a file and creates one batch from it; the file is deleted again when the batch is refused. */
export async function submitToGoogle(
  client: GoogleClient,
  settings: ProviderSettings,
  provider: BatchProvider,
  input: SubmitInput,
  options: CallOptions,
): Promise<ProviderJob> {
  const format = { head: "", separator: "", tail: "", encode: lineEncoder(input) };
  const spool = { ...options, directory: settings.spoolDirectory };
  const fileName = await withSpooledRequests(provider, input, format, spool, (file) =>
    upload(client, file, input.jobName, options),
  );
  const timeoutMs = Math.min(client.context.timeoutMs, createTimeoutMs);
  try {
    await input.beforeCreate?.({ inputFile: fileName, timeoutMs });
    return await callGoogle(
      client,
      { ...options, timeoutMs },
      (sdk) =>
        sdk.batches.create({ model: input.model, src: { fileName }, config: { displayName: input.jobName } }),
      mapOperation,
    );
  } catch (error) {
    // With an unknown outcome the batch may exist and need its file.
    const mayBeNeeded = error instanceof ProviderError && error.leavesOutcomeUnknown;
    if (!mayBeNeeded) await deleteUnusedFile(client, fileName);
    throw error;
  }
}

function lineEncoder({ maxOutputTokens }: SubmitInput): (request: BatchRequest) => string {
  return ({ customId, prompt }) => {
    const request = {
      contents: [{ role: "user", parts: [{ text: prompt }] }],
      generationConfig: { maxOutputTokens },
    };
    return `${JSON.stringify({ key: customId, request })}\n`;
  };
}

/**
 * In pieces of 8 MiB, by the SDK. It is given a blob, which is read from disk as it is sent: of a path the SDK reads every
 * piece into a buffer of its own, and those pile up. The type must be given: `.jsonl` is in no table of the SDK.
 */
async function upload(
  client: GoogleClient,
  { path, sizeBytes }: SpooledFile,
  jobName: string,
  options: CallOptions,
): Promise<string> {
  const timeoutMs = uploadTimeoutMs(client.context.timeoutMs, sizeBytes);
  const file = await openAsBlob(path);
  return callGoogle(
    client,
    { ...options, timeoutMs },
    (sdk) => sdk.files.upload({ file, config: { mimeType: "application/jsonl", displayName: jobName } }),
    (reply) => wireUploadedFileSchema.parse(reply).file.name,
  );
}

export async function deleteInputFile(
  client: GoogleClient,
  fileName: string,
  options: CallOptions,
): Promise<void> {
  await callGoogle(
    client,
    options,
    (sdk) => sdk.files.delete({ name: fileName }),
    () => undefined,
  );
}

async function deleteUnusedFile(client: GoogleClient, fileName: string): Promise<void> {
  try {
    await deleteInputFile(client, fileName, {});
  } catch {
    // Best effort: the refusal of the batch is what the caller must hear, and the file goes after 48 hours by itself.
  }
}
