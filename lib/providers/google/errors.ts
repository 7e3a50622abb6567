import { ApiError } from "@google/genai";
import type { ProviderErrorKind } from "#lib/domain/errors.ts";
import { retryAfterSecondsOf, textOf } from "../http-failure-parts.ts";
import type { HttpFailure } from "../provider-failure.ts";
import { wireErrorSchema } from "./api-types.ts";

const longestBody = 64 * 1024;

/** An answer that is no success, with what the SDK's own error leaves out: the headers, and the body apart from a message. */
export class GoogleHttpError extends Error {
  override readonly name = "GoogleHttpError";
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;

  constructor(status: number, body: string, headers: Headers) {
    super(`HTTP status ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  static async of(response: Response): Promise<GoogleHttpError> {
    const body = await response.text();
    return new GoogleHttpError(response.status, body.slice(0, longestBody), response.headers);
  }
}

/** Reads an HTTP refusal; null when no HTTP answer arrived. */
export function readHttpFailure(thrown: unknown): HttpFailure | null {
  if (thrown instanceof GoogleHttpError) return failureOf(thrown.status, thrown.body, thrown.headers);
  // The SDK's error has the whole body as its message.
  if (thrown instanceof ApiError) return failureOf(thrown.status, thrown.message, undefined);
  return null;
}

function failureOf(httpStatus: number, body: string, headers: Headers | undefined): HttpFailure {
  const json = jsonOf(body);
  // Some of Google's front ends put the error into a list.
  const error = wireErrorSchema.safeParse(Array.isArray(json) ? json[0] : json).data?.error ?? null;
  const details = error?.details ?? [];
  const reason = details.find((detail) => detail.reason)?.reason ?? null;
  const retryDelay = details.find((detail) => detail.retryDelay)?.retryDelay ?? "";
  const message = textOf(error?.message);
  return {
    httpStatus,
    code: textOf(error?.status),
    message,
    requestId: headers?.get("x-request-id") ?? null,
    retryAfterSeconds:
      retryAfterSecondsOf(headers) ?? secondsOfDuration(retryDelay) ?? secondsInWords(message),
    kind: kindOf(httpStatus, reason, message ?? ""),
  };
}

/** Google says "bad key" with 400 and "no such file" with 403: the details and words decide where the status misleads. */
function kindOf(httpStatus: number, reason: string | null, message: string): ProviderErrorKind | null {
  const isBadKey = reason === "API_KEY_INVALID" || reason === "API_KEY_EXPIRED";
  if (httpStatus === 400 && (isBadKey || /API key (not valid|expired)/i.test(message)))
    return "authentication";
  // The region or the billing of the account: right again without a change of the request.
  if (httpStatus === 400 && /location is not supported|billing/i.test(message)) return "permission";
  if (httpStatus === 403 && /unregistered callers|reported as leaked/i.test(message)) return "authentication";
  if (httpStatus === 403 && /may not exist/i.test(message)) return "not_found";
  return null;
}

/** `RetryInfo` writes durations as `2s` or `1.5s`. */
function secondsOfDuration(duration: string): number | null {
  return /^\d+(\.\d+)?s$/.test(duration) ? Number.parseFloat(duration) : null;
}

/** Where the details are left out, the message still ends with "Please retry in 48.9s." */
function secondsInWords(message: string | null): number | null {
  const seconds = /retry in (\d+(?:\.\d+)?)s\b/i.exec(message ?? "")?.[1];
  return seconds === undefined ? null : Number(seconds);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's HTML page; the status alone has to speak then.
    return null;
  }
}
