import Anthropic from "@anthropic-ai/sdk";
import type { CallContext } from "../call-provider.ts";
import { observedFetch } from "../observed-fetch.ts";
import { defaultTimeoutMs, type ProviderSettings } from "../settings.ts";
import { ShortageWatch } from "../shortage-watch.ts";
import { readHttpFailure } from "./errors.ts";

export const defaultBaseUrl = "https://api.anthropic.com";

export type AnthropicClient = { sdk: Anthropic; context: CallContext; shortages: ShortageWatch };

/** The SDK without its own retries: they would create a second, billed batch when an answer is lost. */
export function createAnthropicClient(settings: ProviderSettings): AnthropicClient {
  const baseUrl = settings.baseUrl ?? defaultBaseUrl;
  return {
    shortages: new ShortageWatch(),
    // A token in the environment would be another account than the one the jobs are kept under.
    sdk: new Anthropic({
      apiKey: settings.apiKey,
      authToken: null,
      baseURL: baseUrl,
      maxRetries: 0,
      fetch: observedFetch(settings),
    }),
    context: {
      provider: "anthropic",
      baseUrl,
      apiKey: settings.apiKey,
      timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
      readHttpFailure,
    },
  };
}
