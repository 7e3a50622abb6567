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
  apiKey: string;
  baseUrl: string;
  context: CallContext;
  shortages: ShortageWatch;
};

export function createGoogleClient(settings: ProviderSettings): GoogleClient {
  const baseUrl = (settings.baseUrl ?? defaultBaseUrl).replace(/\/+$/, "");
  return {
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

/**
 * Runs one verb of the SDK and reads the reply's JSON as it came over the wire. The SDK's own object leaves out whether a
 * batch is done, why it failed and its counters, and its uploads ignore the abort signal, so the SDK gets a fetch that
 * keeps the body and ends with our signal. Without `retryOptions` the SDK repeats nothing by itself.
 */
export function callGoogle<Reply>(
  client: GoogleClient,
  options: CallOptions & { timeoutMs?: number },
  verb: (sdk: GoogleGenAI) => Promise<unknown>,
  read: (reply: unknown) => Reply,
): Promise<Reply> {
  return callProvider(client.context, options, async (signal) => {
    let body = "";
    const recordingFetch: typeof fetch = async (input, init) => {
      const response = await fetch(input, { ...init, signal });
      if (!response.ok) throw await GoogleHttpError.of(response);
      body = await response.text();
      return new Response(body, { status: response.status, headers: response.headers });
    };
    await verb(
      new GoogleGenAI({
        apiKey: client.apiKey,
        vertexai: false,
        apiVersion,
        httpOptions: { baseUrl: client.baseUrl, fetch: recordingFetch },
      }),
    );
    return read(JSON.parse(body));
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
