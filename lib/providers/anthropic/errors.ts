import { APIError } from "@anthropic-ai/sdk";
import type { ProviderErrorKind } from "#lib/domain/errors.ts";
import { retryAfterSecondsOf, textOf } from "../http-failure-parts.ts";
import type { HttpFailure } from "../provider-failure.ts";
import { wireErrorSchema } from "./api-types.ts";

/** Reads the SDK's error; null when no HTTP answer arrived. */
export function readHttpFailure(thrown: unknown): HttpFailure | null {
  if (!(thrown instanceof APIError) || typeof thrown.status !== "number") return null;
  const body = wireErrorSchema.safeParse(thrown.error).data ?? null;
  const error = body?.error ?? null;
  const errorCode = textOf(error?.details?.error_code);
  return {
    httpStatus: thrown.status,
    code: errorCode ?? textOf(error?.type),
    message: textOf(error?.message),
    requestId: thrown.requestID ?? textOf(body?.request_id),
    retryAfterSeconds: retryAfterSecondsOf(thrown.headers),
    kind: kindOf(thrown.status, errorCode ?? "", error?.message ?? ""),
  };
}

/** Refusals of the account, worded as bad requests. */
const accountCodes = /^(organization_on_hold|claude_code_key_creator_not_member|cmek_key_disabled)$/;

/** A spent monthly cap is a 429 and a spent limit of one's own a 400; neither goes away by waiting a minute. */
function kindOf(status: number, errorCode: string, message: string): ProviderErrorKind | null {
  if (status === 429 && /spend_limit|credit|billing/.test(errorCode)) return "quota";
  if (status === 400 && accountCodes.test(errorCode)) return "permission";
  const isLimitOfOwn = /^You have reached your specified (workspace )?API usage limits/i.test(message);
  if (status === 400 && (isLimitOfOwn || /credit balance is too low/i.test(message))) return "quota";
  return null;
}
