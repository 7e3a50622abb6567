import { AsyncLocalStorage } from "node:async_hooks";
import { GoogleGenAI } from "@google/genai";
import { callProvider, type CallContext } from "../call-provider.ts";
import { observedFetch } from "../observed-fetch.ts";
import type { CallOptions } from "../provider.ts";
import { defaultTimeoutMs, type ProviderSettings } from "../settings.ts";
import { ShortageWatch } from "../shortage-watch.ts";
import { GoogleHttpError, readHttpFailure } from "./errors.ts";

export const defaultBaseUrl = "https://generativelanguage.googleapis.com";

/** What SDK 3 speaks by default; named here because downloads go out without the SDK and must agree with it. */
export const apiVersion = "v1";

export type GoogleClient = {
  sdk: GoogleGenAI;
  apiKey: string;
  baseUrl: string;
  fetch: typeof fetch;
  context: CallContext;
  shortages: ShortageWatch;
};

const mostRedirects = 3;

/** One verb of the SDK on its way: what ends it, and the last body that came back. */
type CallInFlight = { signal: AbortSignal; body: string };

const callInFlight = new AsyncLocalStorage<CallInFlight>();

export function createGoogleClient(settings: ProviderSettings): GoogleClient {
  const baseUrl = (settings.baseUrl ?? defaultBaseUrl).replace(/\/+$/, "");
  const observed = observedFetch(settings);
  return {
    // Without `retryOptions` the SDK repeats nothing by itself.
    sdk: new GoogleGenAI({
      apiKey: settings.apiKey,
      vertexai: false,
      apiVersion,
      httpOptions: { baseUrl, fetch: recordingFetch(observed) },
    }),
    apiKey: settings.apiKey,
    baseUrl,
    fetch: observed,
    shortages: new ShortageWatch(),
    context: {
      provider: "google",
      baseUrl,
      apiKey: settings.apiKey,
      timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
      readHttpFailure,
    },
  };
}

/** The fetch that the SDK is given: it keeps the body of the reply for `callGoogle` and ends with the call's signal. */
function recordingFetch(observed: typeof fetch): typeof fetch {
  return async (input, init) => {
    const call = callInFlight.getStore();
    const signal = call?.signal ?? init?.signal;
    // Without a redirect to follow, fetch keeps no second copy of the whole body in memory.
    const response = await observed(input, { ...init, redirect: "error", signal });
    if (!response.ok) throw await GoogleHttpError.of(response);
    const body = await response.text();
    if (call) call.body = body;
    return new Response(body, { status: response.status, headers: response.headers });
  };
}

/**
 * Runs one verb of the SDK and reads the reply's JSON as it came over the wire. The SDK's own object leaves out whether a
 * batch is done, why it failed and its counters, and its uploads ignore the abort signal, hence the fetch of our own.
 */
export function callGoogle<Reply>(
  client: GoogleClient,
  options: CallOptions & { timeoutMs?: number },
  verb: (sdk: GoogleGenAI) => Promise<unknown>,
  read: (reply: unknown) => Reply,
): Promise<Reply> {
  return callProvider(client.context, options, async (signal) => {
    const call: CallInFlight = { signal, body: "" };
    await callInFlight.run(call, () => verb(client.sdk));
    return read(JSON.parse(call.body));
  });
}

/**
 * Opens the bytes of a result file. Not through the SDK: its download writes to a path only and ends the whole process
 * when the connection breaks.
 */
export async function openDownload(
  client: GoogleClient,
  fileName: string,
  signal: AbortSignal,
): Promise<Response> {
  const path = fileName.split("/").map(encodeURIComponent).join("/");
  let url = new URL(`${client.baseUrl}/${apiVersion}/${path}:download?alt=media`);
  const { origin } = url;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    // fetch would carry the key along to whatever address a redirect names.
    const headers: Record<string, string> = url.origin === origin ? { "x-goog-api-key": client.apiKey } : {};
    const response = await client.fetch(url, { headers, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || !location) {
      if (!response.ok) throw await GoogleHttpError.of(response);
      return response;
    }
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw new Error(`The result file is behind more than ${mostRedirects} redirects.`);
}

/** The resource name of a batch; a bare id is taken too. */
export function nameOf(id: string): string {
  return id.startsWith("batches/") ? id : `batches/${id}`;
}
