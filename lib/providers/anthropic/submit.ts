import { openAsBlob } from "node:fs";
import type { BatchRequest } from "#lib/domain/request.ts";
import { callProvider } from "../call-provider.ts";
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

function requestEncoder({ model, maxOutputTokens }: SubmitInput): (request: BatchRequest) => string {
  return ({ customId, prompt }) => {
    const params = { model, max_tokens: maxOutputTokens, messages: [{ role: "user", content: prompt }] };
    return JSON.stringify({ custom_id: customId, params });
  };
}
