import OpenAI from "openai";
import type { CallContext } from "../call-provider.ts";
import { observedFetch } from "../observed-fetch.ts";
import { defaultTimeoutMs, type ProviderSettings } from "../settings.ts";
import { ShortageWatch } from "../shortage-watch.ts";
import { readHttpFailure } from "./errors.ts";

export const defaultBaseUrl = "https://api.openai.com/v1";

export type OpenAiClient = { sdk: OpenAI; context: CallContext; shortages: ShortageWatch };

/** The SDK without its own retries: they would create a second, billed batch when an answer is lost. */
export function createOpenAiClient(settings: ProviderSettings): OpenAiClient {
  const baseUrl = settings.baseUrl ?? defaultBaseUrl;
  return {
    shortages: new ShortageWatch(),
    sdk: new OpenAI({
      apiKey: settings.apiKey,
      baseURL: baseUrl,
      maxRetries: 0,
      fetch: observedFetch(settings),
    }),
    context: {
      provider: "openai",
      baseUrl,
      apiKey: settings.apiKey,
      timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
      readHttpFailure,
    },
  };
}
