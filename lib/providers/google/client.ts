import { AsyncLocalStorage } from "node:async_hooks";
import { GoogleGenAI } from "@google/genai";
import { callProvider, type CallContext } from "../call-provider.ts";
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
  context: CallContext;
  shortages: ShortageWatch;
};

/** One verb of the SDK on its way: what ends it, and the last body that came back. */
type CallInFlight = { signal: AbortSignal; body: string };

const callInFlight = new AsyncLocalStorage<CallInFlight>();

export function createGoogleClient(settings: ProviderSettings): GoogleClient {
  const baseUrl = (settings.baseUrl ?? defaultBaseUrl).replace(/\/+$/, "");
  return {
    // Without `retryOptions` the SDK repeats nothing by itself.
    sdk: new GoogleGenAI({
      apiKey: settings.apiKey,
      vertexai: false,
      apiVersion,
      httpOptions: { baseUrl, fetch: recordingFetch },
    }),
    apiKey: settings.apiKey,
    baseUrl,
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
const recordingFetch: typeof fetch = async (input, init) => {
  const call = callInFlight.getStore();
  const response = await fetch(input, { ...init, signal: call?.signal ?? init?.signal });
  if (!response.ok) throw await GoogleHttpError.of(response);
  const body = await response.text();
  if (call) call.body = body;
  return new Response(body, { status: response.status, headers: response.headers });
};

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
  const response = await fetch(`${client.baseUrl}/${apiVersion}/${path}:download?alt=media`, {
    headers: { "x-goog-api-key": client.apiKey },
    signal,
  });
  if (!response.ok) throw await GoogleHttpError.of(response);
  return response;
}

/** The resource name of a batch; a bare id is taken too. */
export function nameOf(id: string): string {
  return id.startsWith("batches/") ? id : `batches/${id}`;
}
