import { openAsBlob } from "node:fs";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import type { BatchRequest } from "#lib/domain/request.ts";
import type { JsonObject } from "#lib/domain/storable-json.ts";
import { callProvider } from "../call-provider.ts";
import { mergeFields } from "../merge-fields.ts";
import type { BatchProvider, CallOptions, ProviderJob, SubmitInput } from "../provider.ts";
import { createTimeoutMs, uploadTimeoutMs, type ProviderSettings } from "../settings.ts";
import { withSpooledRequests } from "../spool.ts";
import type { AnthropicClient } from "./client.ts";
import { mapBatch } from "./mapper.ts";

/**
 * Creates a batch with one call that carries all requests. The body goes out of a file: `batches.create` would hold it
 * several times in memory, and a stream would go out without its length.
 */
export function submitToAnthropic(
  client: AnthropicClient,
  settings: ProviderSettings,
  provider: BatchProvider,
  input: SubmitInput,
  options: CallOptions,
): Promise<ProviderJob> {
  const format = { head: '{"requests":[', separator: ",\n", tail: "]}", encode: requestEncoder(input) };
  const spool = { ...options, directory: settings.spoolDirectory };
  return withSpooledRequests(provider, input, format, spool, async ({ path, sizeBytes }) => {
    const timeoutMs = uploadTimeoutMs(Math.min(client.context.timeoutMs, createTimeoutMs), sizeBytes);
    await input.beforeCreate?.({ inputFile: null, timeoutMs });
    return callProvider(client.context, { ...options, timeoutMs }, async (signal) => {
      const reply = await client.sdk.post("/v1/messages/batches", {
        body: await openAsBlob(path),
        headers: { "content-type": "application/json" },
        maxRetries: 0,
        timeout: timeoutMs,
        signal,
        // Without a redirect to follow, fetch keeps no second copy of the whole body in memory.
        fetchOptions: { redirect: "error" },
      });
      return mapBatch(reply);
    });
  });
}

function requestEncoder({
  model,
  maxOutputTokens,
  parameters,
}: SubmitInput): (request: BatchRequest) => string {
  const fields = parameterFields(parameters);
  return ({ customId, prompt }) => {
    const messages = [{ role: "user", content: prompt }];
    const params = { model, max_tokens: maxOutputTokens, messages, ...fields };
    return JSON.stringify({ custom_id: customId, params });
  };
}

/** The API takes neither temperature nor top p; a lane cannot have them. */
function parameterFields({
  systemPrompt,
  stopSequences,
  reasoningEffort,
  thinkingBudgetTokens,
  extra,
}: LaneParameters): JsonObject {
  return mergeFields(
    {
      ...(systemPrompt === undefined ? {} : { system: systemPrompt }),
      ...(stopSequences === undefined ? {} : { stop_sequences: stopSequences }),
      ...(reasoningEffort === undefined ? {} : { output_config: { effort: reasoningEffort } }),
      ...(thinkingBudgetTokens === undefined ? {} : { thinking: thinkingOf(thinkingBudgetTokens) }),
    },
    extra,
  );
}

function thinkingOf(budgetTokens: number): JsonObject {
  return budgetTokens === 0 ? { type: "disabled" } : { type: "enabled", budget_tokens: budgetTokens };
}
