import type { ProviderErrorKind } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

/** A documented refusal and what must become of it. Left out is false, null, or not looked at. */
export type Refusal = {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  kind: ProviderErrorKind;
  isRetryable?: boolean;
  code?: string | null;
  retryAfterSeconds?: number;
  requestId?: string;
};

const html = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

const openAi = (message: string, type: string, code: string | null = null) => ({
  error: { message, type, param: null, code },
});
const invalidRequest = "invalid_request_error";

const openAiRefusals: Refusal[] = [
  {
    status: 400,
    body: openAi(
      "Missing required parameter: 'input_file_id'.",
      invalidRequest,
      "missing_required_parameter",
    ),
    headers: { "x-request-id": "req_35c8" },
    kind: "invalid_request",
    code: "missing_required_parameter",
    requestId: "req_35c8",
  },
  {
    status: 400,
    body: openAi("Invalid value: '/v1/x'.", invalidRequest, "invalid_value"),
    kind: "invalid_request",
    code: "invalid_value",
  },
  {
    status: 400,
    body: {
      ...openAi("Invalid file format for Batch API. Must be .jsonl", invalidRequest),
      detail: { message: "Invalid file format", code: 400 },
    },
    kind: "invalid_request",
    code: invalidRequest,
  },
  {
    status: 400,
    body: openAi("Billing hard limit has been reached", invalidRequest, "billing_hard_limit_reached"),
    kind: "quota",
  },
  {
    status: 401,
    body: openAi("Incorrect API key", invalidRequest, "invalid_api_key"),
    kind: "authentication",
    code: "invalid_api_key",
  },
  {
    status: 401,
    body: openAi("Missing bearer or basic authentication in header", invalidRequest),
    kind: "authentication",
  },
  { status: 401, body: openAi("Missing scopes: api.batches", invalidRequest), kind: "permission" },
  { status: 403, body: openAi("No.", invalidRequest, "missing_scope"), kind: "permission" },
  { status: 403, body: openAi("Country not supported", "request_forbidden"), kind: "permission" },
  { status: 404, body: openAi("No batch found with id 'x'.", invalidRequest), kind: "not_found" },
  { status: 404, body: openAi("No such File object: file-1", invalidRequest), kind: "not_found" },
  {
    status: 409,
    body: openAi("Cannot cancel a batch with status 'completed'.", invalidRequest),
    kind: "conflict",
  },
  { status: 413, body: openAi("File is too large.", invalidRequest), kind: "invalid_request" },
  { status: 413, body: html, kind: "invalid_request", code: null },
  {
    status: 429,
    body: openAi("You exceeded your quota", "insufficient_quota", "insufficient_quota"),
    headers: { "retry-after": "2" },
    kind: "quota",
    code: "insufficient_quota",
    retryAfterSeconds: 2,
  },
  { status: 429, body: openAi("You exceeded your quota", "insufficient_quota"), kind: "quota" },
  { status: 429, body: openAi("No credit", "x", "credit_balance_exhausted"), kind: "quota" },
  {
    status: 429,
    body: openAi("Slow down", "requests", "rate_limit_exceeded"),
    headers: { "retry-after": "7" },
    kind: "rate_limit",
    isRetryable: true,
    code: "rate_limit_exceeded",
    retryAfterSeconds: 7,
  },
  {
    status: 429,
    body: openAi("Slow down", "requests", "slow_down"),
    headers: { "retry-after-ms": "1500", "retry-after": "2" },
    kind: "rate_limit",
    isRetryable: true,
    retryAfterSeconds: 1.5,
  },
  {
    status: 429,
    body: openAi("Slow down", "tokens", "rate_limit_exceeded"),
    headers: { date: "Sun, 22 Nov 2026 10:00:00 GMT", "retry-after": "Sun, 22 Nov 2026 10:01:30 GMT" },
    kind: "rate_limit",
    isRetryable: true,
    retryAfterSeconds: 90,
  },
  { status: 500, body: openAi("The server had an error", "server_error"), kind: "server", isRetryable: true },
  { status: 502, body: html, kind: "server", isRetryable: true, code: null },
  {
    status: 503,
    body: openAi("Overloaded", "service_unavailable_error", "server_is_overloaded"),
    kind: "server",
    isRetryable: true,
    code: "server_is_overloaded",
  },
];

const google = (code: number, status: string, message: string, details: unknown[] = []) => ({
  error: { code, status, message, details },
});
const errorInfo = (reason: string) => ({ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason });
const help = { "@type": "type.googleapis.com/google.rpc.Help", links: [{ url: "https://ai.google.dev" }] };
const retryInfo = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "2.5s" };
const quotaWords = "You exceeded your current quota, please check your plan and billing details";

const googleRefusals: Refusal[] = [
  {
    status: 400,
    body: google(400, "INVALID_ARGUMENT", "API key not valid.", [errorInfo("API_KEY_INVALID")]),
    kind: "authentication",
    code: "INVALID_ARGUMENT",
  },
  {
    status: 400,
    body: google(400, "INVALID_ARGUMENT", "API key expired. Please renew the API key."),
    kind: "authentication",
  },
  {
    status: 400,
    body: google(400, "INVALID_ARGUMENT", "Error on line 1: invalid JSON"),
    kind: "invalid_request",
  },
  {
    status: 400,
    body: google(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
    kind: "permission",
    code: "FAILED_PRECONDITION",
  },
  {
    status: 400,
    body: google(400, "FAILED_PRECONDITION", "The batch is in a terminal state."),
    kind: "invalid_request",
  },
  { status: 403, body: google(403, "PERMISSION_DENIED", "You do not have permission"), kind: "permission" },
  {
    status: 403,
    body: google(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers"),
    kind: "authentication",
  },
  {
    status: 403,
    body: google(
      403,
      "PERMISSION_DENIED",
      "You do not have permission to access the File x or it may not exist.",
    ),
    kind: "not_found",
  },
  { status: 404, body: google(404, "NOT_FOUND", "Requested entity was not found."), kind: "not_found" },
  {
    status: 429,
    body: google(429, "RESOURCE_EXHAUSTED", quotaWords, [help, retryInfo]),
    kind: "rate_limit",
    isRetryable: true,
    code: "RESOURCE_EXHAUSTED",
    retryAfterSeconds: 2.5,
  },
  {
    status: 429,
    body: google(429, "RESOURCE_EXHAUSTED", `${quotaWords}.\nPlease retry in 48.5s.`, [help]),
    kind: "rate_limit",
    isRetryable: true,
    retryAfterSeconds: 48.5,
  },
  {
    status: 429,
    body: google(429, "RESOURCE_EXHAUSTED", quotaWords, [help]),
    kind: "rate_limit",
    isRetryable: true,
  },
  {
    status: 429,
    body: [google(429, "RESOURCE_EXHAUSTED", quotaWords)],
    kind: "rate_limit",
    isRetryable: true,
    code: "RESOURCE_EXHAUSTED",
  },
  { status: 500, body: google(500, "INTERNAL", "Internal error."), kind: "server", isRetryable: true },
  { status: 502, body: html, kind: "server", isRetryable: true, code: null },
  {
    status: 503,
    body: google(503, "UNAVAILABLE", "The model is overloaded."),
    kind: "server",
    isRetryable: true,
  },
  { status: 504, body: google(504, "DEADLINE_EXCEEDED", "Too slow."), kind: "server", isRetryable: true },
];

const anthropic = (type: string, message: string, details?: unknown) => ({
  type: "error",
  error: { type, message, details },
  request_id: "req_1",
});

const anthropicRefusals: Refusal[] = [
  {
    status: 400,
    body: anthropic("invalid_request_error", "requests: too short"),
    kind: "invalid_request",
    code: "invalid_request_error",
    requestId: "req_1",
  },
  {
    status: 400,
    body: anthropic("invalid_request_error", "You have reached your specified API usage limits."),
    kind: "quota",
  },
  {
    status: 400,
    body: anthropic("invalid_request_error", "You have reached your specified workspace API usage limits."),
    kind: "quota",
  },
  {
    status: 400,
    body: anthropic("invalid_request_error", "On hold.", { error_code: "organization_on_hold" }),
    kind: "permission",
    code: "organization_on_hold",
  },
  {
    status: 401,
    body: anthropic("authentication_error", "API key is invalid."),
    headers: { "request-id": "req_2" },
    kind: "authentication",
    code: "authentication_error",
    requestId: "req_2",
  },
  { status: 402, body: anthropic("billing_error", "Pay."), kind: "quota" },
  { status: 403, body: anthropic("permission_error", "No."), kind: "permission" },
  { status: 404, body: anthropic("not_found_error", "Message Batch x not found."), kind: "not_found" },
  {
    status: 404,
    body: anthropic("not_found_error", "Message Batch x has no available results."),
    headers: { "x-should-retry": "false" },
    kind: "not_found",
  },
  { status: 409, body: anthropic("conflict_error", "No."), kind: "conflict" },
  { status: 413, body: anthropic("request_too_large", "Too large."), kind: "invalid_request" },
  {
    status: 429,
    body: anthropic("rate_limit_error", "Cap", { error_code: "enforced_spend_limit_reached" }),
    kind: "quota",
    code: "enforced_spend_limit_reached",
  },
  {
    status: 429,
    body: anthropic("rate_limit_error", "Cap", { error_code: "contract_spend_limit_reached" }),
    kind: "quota",
  },
  {
    status: 429,
    body: anthropic("rate_limit_error", "Ramp", { error_code: "ramp_limit_exceeded" }),
    kind: "rate_limit",
    isRetryable: true,
    code: "ramp_limit_exceeded",
  },
  {
    status: 429,
    body: anthropic("rate_limit_error", "Too many"),
    headers: { "retry-after": "3600" },
    kind: "rate_limit",
    isRetryable: true,
    retryAfterSeconds: 3600,
  },
  { status: 500, body: anthropic("api_error", "Internal server error"), kind: "server", isRetryable: true },
  { status: 502, body: html, kind: "server", isRetryable: true, code: null },
  {
    status: 503,
    body: anthropic("api_error", "Key store", { error_code: "cmek_key_unreachable" }),
    kind: "server",
    isRetryable: true,
  },
  { status: 504, body: anthropic("timeout_error", "Too slow."), kind: "server", isRetryable: true },
  {
    status: 529,
    body: anthropic("overloaded_error", "Overloaded"),
    kind: "server",
    isRetryable: true,
    code: "overloaded_error",
  },
];

/** Every refusal that the three APIs document. */
export const refusals: Record<ProviderId, Refusal[]> = {
  openai: openAiRefusals,
  google: googleRefusals,
  anthropic: anthropicRefusals,
};
