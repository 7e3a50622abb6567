import type { Clock } from "#lib/domain/clock.ts";
import type { SeenResponse } from "./observed-fetch.ts";
import type { CallWatcher } from "./watch-calls.ts";

/** Sees every call of the port and every answer over HTTP. Its methods must not throw. */
export type CallObserver = CallWatcher & { responded(response: SeenResponse): void };

/** One credential of one provider: everything an adapter needs to know, read from the environment by the config alone. */
export type ProviderSettings = {
  apiKey: string;
  /** Where the API lives; null for the provider's own address. */
  baseUrl: string | null;
  /** Fingerprint of the credential (`accountFingerprint`); stored with jobs in place of the key. */
  account: string;
  /** Longest wait for an answer, and for the next bytes of a download. Uploads get more, by their size. */
  timeoutMs?: number;
  /** Where request files are written while they are uploaded; created when it is missing. */
  spoolDirectory: string;
  clock: Clock;
  /** Told of every call and answer (`AccountCalls` keeps what is worth showing). */
  observer?: CallObserver;
};

export const defaultTimeoutMs = 60_000;
/** A create call is given less: until it is known to be over, nobody may look whether it has to be repeated. */
export const createTimeoutMs = 30_000;

/** The environment variable that moves each provider's API elsewhere, for messages that say what to check. */
export const baseUrlVariables = {
  openai: "OPENAI_BASE_URL",
  google: "GOOGLE_GEMINI_BASE_URL",
  anthropic: "ANTHROPIC_BASE_URL",
} as const;

// A line of 1 Mbit/s must still manage the largest input; below that an upload counts as stuck.
const slowestUploadBytesPerSecond = 128 * 1024;

/** Time-out for sending a body of this size: the ordinary one plus what a slow line needs for the bytes. */
export function uploadTimeoutMs(timeoutMs: number, sizeBytes: number): number {
  return timeoutMs + Math.ceil((sizeBytes / slowestUploadBytesPerSecond) * 1000);
}
