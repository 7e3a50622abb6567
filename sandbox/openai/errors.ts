import type { Manners } from "../http/endpoint.ts";
import { asObject, asText } from "../http/request.ts";
import { WireError, type Trouble } from "../http/wire-error.ts";
import { hex } from "../world/random.ts";

interface ErrorFields {
  readonly type?: string;
  readonly code?: string | null;
  readonly param?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error in OpenAI's envelope, whose four keys are always there. */
export function openAiError(status: number, message: string, fields: ErrorFields = {}): WireError {
  const { type = "invalid_request_error", code = null, param = null } = fields;
  return new WireError(status, { error: { message, type, param, code } }, fields.headers);
}

/** 400 for a field that must be given. */
export function missingParameter(name: string): WireError {
  return openAiError(400, `Missing required parameter: '${name}'.`, {
    code: "missing_required_parameter",
    param: name,
  });
}

/** 404 for a batch that this key does not have. */
export function unknownBatch(id: string): WireError {
  return openAiError(404, `No batch found with id '${id}'.`);
}

/** 404 for a file that this key does not have. */
export function unknownFile(id: string): WireError {
  return openAiError(404, `No such File object: ${id}`, { param: "id" });
}

const REQUEST_ID = "<request id>";
const INTERNAL_ERROR =
  "The server had an error processing your request. Sorry about that! You can retry your request, or contact us " +
  "through our help center at help.openai.com if you keep seeing this error. " +
  `(Please include the request ID ${REQUEST_ID} in your email.)`;

function trouble(kind: Trouble, retryAfterSeconds: number | null): WireError {
  const headers: Readonly<Record<string, string>> =
    retryAfterSeconds === null
      ? {}
      : { "retry-after": String(retryAfterSeconds), "retry-after-ms": String(retryAfterSeconds * 1_000) };
  switch (kind) {
    case "rate-limit":
      return openAiError(429, "Rate limit reached for requests. Please try again later.", {
        type: "requests",
        code: "rate_limit_exceeded",
        headers,
      });
    case "unavailable":
    case "overloaded":
      return openAiError(503, "The server is currently overloaded. Please try again later.", {
        type: "service_unavailable_error",
        code: "server_is_overloaded",
      });
    case "server-error":
      return openAiError(500, INTERNAL_ERROR, { type: "server_error" });
  }
}

/** A success or an error as OpenAI sends JSON: indented by two. */
export function openAiJson(body: unknown, status = 200, headers: Headers = new Headers()): Response {
  headers.set("content-type", "application/json");
  return new Response(`${JSON.stringify(body, null, 2)}\n`, { status, headers });
}

function requestId(callNumber: number): string {
  return `req_${hex(32, `request:openai:${callNumber}`)}`;
}

/** The wording of an internal error names the call. */
function withRequestId(body: unknown, id: string): unknown {
  const error = asObject(asObject(body)?.["error"]);
  const message = asText(error?.["message"]);
  if (error === null || message === null || !message.includes(REQUEST_ID)) return body;
  return { ...asObject(body), error: { ...error, message: message.replace(REQUEST_ID, id) } };
}

export const openAiManners: Manners = {
  provider: "openai",
  trouble,
  compressesJson: true,
  headers: ({ number }) => ({
    "x-request-id": requestId(number),
    "openai-version": "2020-10-01",
    "openai-organization": "sandbox",
    "openai-processing-ms": String(15 + (number % 60)),
    server: "cloudflare",
  }),
  renderError: (error, headers, number) =>
    openAiJson(withRequestId(error.body, requestId(number)), error.status, headers),
};
