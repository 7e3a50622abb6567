import { APIError } from "openai";
import type { ProviderErrorKind } from "#lib/domain/errors.ts";
import type { HttpFailure } from "../provider-failure.ts";
import { retryAfterSecondsOf, textOf } from "../http-failure-parts.ts";

/** Money, not pace: these refusals stay until somebody pays, so that trying again only adds calls. */
const quotaCode = /insufficient_quota|credit_balance|billing|spend|budget/;
const quotaStatuses = [400, 402, 403, 429];

/** Reads the SDK's error; null when no HTTP answer arrived. */
export function readHttpFailure(thrown: unknown): HttpFailure | null {
  if (!(thrown instanceof APIError) || typeof thrown.status !== "number") return null;
  const code = textOf(thrown.code) ?? textOf(thrown.type);
  const message = textOf(thrown.error && "message" in thrown.error ? thrown.error.message : null);
  return {
    httpStatus: thrown.status,
    code,
    message,
    requestId: thrown.requestID ?? null,
    retryAfterSeconds: retryAfterSecondsOf(thrown.headers),
    kind: kindOf(thrown.status, `${thrown.code ?? ""} ${thrown.type ?? ""}`, message),
  };
}

function kindOf(status: number, codes: string, message: string | null): ProviderErrorKind | null {
  if (quotaStatuses.includes(status) && quotaCode.test(codes)) return "quota";
  // A restricted key is answered with 401 too, although the key itself is right.
  if (status === 401 && (message?.includes("Missing scopes") || codes.includes("missing_scope")))
    return "permission";
  return null;
}
