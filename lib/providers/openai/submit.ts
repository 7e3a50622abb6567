import { ProviderError } from "#lib/domain/errors.ts";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import type { JsonObject } from "#lib/domain/storable-json.ts";
import { callProvider } from "../call-provider.ts";
import { mergeFields } from "../merge-fields.ts";
import type { BatchProvider, CallOptions, ProviderJob, SubmitInput } from "../provider.ts";
import { createTimeoutMs, uploadTimeoutMs, type ProviderSettings } from "../settings.ts";
import { withSpooledRequests, type SpooledFile } from "../spool.ts";
import { wireFileSchema } from "./api-types.ts";
import type { OpenAiClient } from "./client.ts";
import { openFileForm } from "./file-form.ts";
import { jobNameKey, mapBatch } from "./mapper.ts";

const endpoint = "/v1/chat/completions";

/** Uploads the requests as a file and creates one batch from it; the file is deleted again when the batch is refused. */
export async function submitToOpenAi(
  client: OpenAiClient,
  settings: ProviderSettings,
  provider: BatchProvider,
  input: SubmitInput,
  options: CallOptions,
): Promise<ProviderJob> {
  const format = { head: "", separator: "", tail: "", encode: lineEncoder(input) };
  const spool = { ...options, directory: settings.spoolDirectory };
  const fileId = await withSpooledRequests(provider, input, format, spool, (file) =>
    upload(client, file, input.jobName, options),
  );
  const timeoutMs = Math.min(client.context.timeoutMs, createTimeoutMs);
  try {
    await input.beforeCreate?.({ inputFile: fileId, timeoutMs });
    return await callProvider(client.context, { ...options, timeoutMs }, async (signal) => {
      const batch = await client.sdk.batches.create(
        {
          input_file_id: fileId,
          endpoint,
          completion_window: "24h",
          metadata: { [jobNameKey]: input.jobName },
        },
        { signal },
      );
      return mapBatch(batch, settings.clock.now());
    });
  } catch (error) {
    // With an unknown outcome the batch may exist and need its file.
    const mayBeNeeded = error instanceof ProviderError && error.leavesOutcomeUnknown;
    if (!mayBeNeeded) await deleteUnusedFile(client, fileId);
    throw asPassingWhenFileIsUnseen(error);
  }
}

/** A file that was just uploaded is not always visible to the servers that make batches; uploading it again is the cure. */
function asPassingWhenFileIsUnseen(error: unknown): unknown {
  if (!(error instanceof ProviderError) || !/cannot find file|no such file/i.test(error.message))
    return error;
  const { provider, httpStatus, code, requestId, retryAfterSeconds, cause } = error;
  const details = { provider, httpStatus, code, requestId, retryAfterSeconds, cause };
  return new ProviderError(error.message, { ...details, kind: "not_found", isRetryable: true });
}

function lineEncoder({ model, maxOutputTokens, parameters }: SubmitInput): (request: BatchRequest) => string {
  const fields = parameterFields(parameters);
  const system =
    parameters.systemPrompt === undefined ? [] : [{ role: "system", content: parameters.systemPrompt }];
  return ({ customId, prompt }) => {
    // `max_completion_tokens`: the newer models refuse `max_tokens`, the older ones take both.
    const body = {
      model,
      messages: [...system, { role: "user", content: prompt }],
      max_completion_tokens: maxOutputTokens,
      ...fields,
    };
    return `${JSON.stringify({ custom_id: customId, method: "POST", url: endpoint, body })}\n`;
  };
}

function parameterFields({
  temperature,
  topP,
  stopSequences,
  reasoningEffort,
  extra,
}: LaneParameters): JsonObject {
  return mergeFields(
    {
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { top_p: topP }),
      ...(stopSequences === undefined ? {} : { stop: stopSequences }),
      ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
    },
    extra,
  );
}

function upload(
  client: OpenAiClient,
  { path, sizeBytes }: SpooledFile,
  jobName: string,
  options: CallOptions,
): Promise<string> {
  const timeoutMs = uploadTimeoutMs(client.context.timeoutMs, sizeBytes);
  return callProvider(client.context, { ...options, timeoutMs }, async (signal) => {
    const { body, contentType } = await openFileForm(path, `${jobName}.jsonl`);
    const file = await client.sdk.post("/files", {
      body,
      headers: { "content-type": contentType },
      signal,
      timeout: timeoutMs,
      // Without a redirect to follow, fetch keeps no second copy of the whole body in memory.
      fetchOptions: { redirect: "error" },
    });
    return wireFileSchema.parse(file).id;
  });
}

async function deleteUnusedFile(client: OpenAiClient, fileId: string): Promise<void> {
  try {
    await callProvider(client.context, {}, (signal) => client.sdk.files.delete(fileId, { signal }));
  } catch {
    // Best effort: the refusal of the batch is what the caller must hear, and the file expires by itself.
  }
}
