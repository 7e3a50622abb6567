import type { AnsweredCall, Manners } from "../http/endpoint.ts";
import { WireError, type Trouble } from "../http/wire-error.ts";
import { base58, uuid } from "../world/random.ts";

/** An error in Anthropic's envelope; the request id is filled in when it is sent. */
export function anthropicError(
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): WireError {
  return new WireError(status, { type: "error", error: { type, message } }, headers);
}

/** 400. */
export function invalidRequest(message: string): WireError {
  return anthropicError(400, "invalid_request_error", message);
}

/** 404 for a batch that this key does not have. */
export function unknownBatch(id: string): WireError {
  return anthropicError(404, "not_found_error", `Message Batch ${id} not found.`);
}

function trouble(kind: Trouble, retryAfterSeconds: number | null): WireError {
  switch (kind) {
    case "rate-limit": {
      const headers: Readonly<Record<string, string>> =
        retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
      const message = "This request would exceed your account's rate limit. Please try again later.";
      return anthropicError(429, "rate_limit_error", message, headers);
    }
    case "unavailable":
      return anthropicError(503, "api_error", "Service temporarily unavailable.");
    case "overloaded":
      return anthropicError(529, "overloaded_error", "Overloaded");
    case "server-error":
      return anthropicError(500, "api_error", "Internal server error");
  }
}

/** A success as Anthropic sends JSON. */
export function anthropicJson(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json", ...headers } });
}

const REQUESTS_PER_MINUTE = 1_000;

/** Whose call it was is told once its key is known; how many calls are left only for batches. */
function callHeaders({ number, endpoint, status, nowMs }: AnsweredCall): Readonly<Record<string, string>> {
  const common = { "request-id": requestId(number), server: "cloudflare", vary: "Accept-Encoding" };
  if (status === 401) return common;
  const caller = {
    ...common,
    "anthropic-organization-id": uuid("sandbox organization"),
    "anthropic-workspace-id": `wrkspc_01${base58(22, "sandbox workspace")}`,
  };
  if (!endpoint.startsWith("batches.")) return caller;
  const used = 1 + (number % 50);
  const refilledAtMs = nowMs + (used / REQUESTS_PER_MINUTE) * 60_000;
  return {
    ...caller,
    "anthropic-ratelimit-requests-limit": String(REQUESTS_PER_MINUTE),
    "anthropic-ratelimit-requests-remaining": String(REQUESTS_PER_MINUTE - used),
    "anthropic-ratelimit-requests-reset": new Date(refilledAtMs).toISOString().replace(/\.\d+Z$/, "Z"),
  };
}

export const anthropicManners: Manners = {
  provider: "anthropic",
  trouble,
  compressesJson: true,
  headers: callHeaders,
  renderError: (error, headers, callNumber) => {
    headers.set("content-type", "application/json");
    // Every error of this file is made with an object as its body.
    const body = { ...(error.body as object), request_id: requestId(callNumber) };
    return new Response(JSON.stringify(body), { status: error.status, headers: headers });
  },
};

function requestId(callNumber: number): string {
  return `req_01${base58(22, `request:anthropic:${callNumber}`)}`;
}
