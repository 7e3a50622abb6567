import { openAsBlob } from "node:fs";
import { ProviderError } from "#lib/domain/errors.ts";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import type { JsonObject } from "#lib/domain/storable-json.ts";
import { mergeFields } from "../merge-fields.ts";
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

function lineEncoder({ maxOutputTokens, parameters }: SubmitInput): (request: BatchRequest) => string {
  const fields = requestFields(maxOutputTokens, parameters);
  return ({ customId, prompt }) => {
    const request = { contents: [{ role: "user", parts: [{ text: prompt }] }], ...fields };
    return `${JSON.stringify({ key: customId, request })}\n`;
  };
}

function requestFields(
  maxOutputTokens: number,
  { systemPrompt, temperature, topP, stopSequences, extra, ...thinking }: LaneParameters,
): JsonObject {
  const thinkingConfig: JsonObject = {
    ...(thinking.reasoningEffort === undefined
      ? {}
      : { thinkingLevel: thinking.reasoningEffort.toUpperCase() }),
    ...(thinking.thinkingBudgetTokens === undefined ? {} : { thinkingBudget: thinking.thinkingBudgetTokens }),
  };
  const generationConfig: JsonObject = {
    maxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(stopSequences === undefined ? {} : { stopSequences }),
    ...(Object.keys(thinkingConfig).length === 0 ? {} : { thinkingConfig }),
  };
  const system: JsonObject =
    systemPrompt === undefined ? {} : { systemInstruction: { parts: [{ text: systemPrompt }] } };
  return mergeFields({ ...system, generationConfig }, extra);
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
