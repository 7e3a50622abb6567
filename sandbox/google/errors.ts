import type { Manners } from "../http/endpoint.ts";
import { WireError, type Trouble } from "../http/wire-error.ts";

/** An error in Google's envelope. */
export function googleError(
  code: number,
  status: string,
  message: string,
  details?: readonly unknown[],
): WireError {
  return new WireError(code, {
    error: { code, message, status, ...(details === undefined ? {} : { details }) },
  });
}

/** 400 INVALID_ARGUMENT, with the field at fault when there is one. */
export function invalidArgument(message: string, field?: string): WireError {
  // Messages that list what a validator found end with a line break.
  const text = message.startsWith("* ") ? `${message}\n` : message;
  if (field === undefined) return googleError(400, "INVALID_ARGUMENT", text);
  return violated([{ field, description: text }]);
}

/** One thing wrong with a body. `field` is a path such as `batch.input_config`, and is not there for the body itself. */
export interface FieldViolation {
  readonly field?: string;
  readonly description: string;
}

/** 400 INVALID_ARGUMENT for everything that is wrong with the fields of a body. */
export function violated(violations: readonly FieldViolation[]): WireError {
  const message = violations.map((violation) => violation.description).join("\n");
  return googleError(400, "INVALID_ARGUMENT", message, [
    { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: violations },
  ]);
}

/** 404 NOT_FOUND. */
export function notFound(message = "Requested entity was not found."): WireError {
  return googleError(404, "NOT_FOUND", message);
}

/** Missing and foreign files are not told apart, and are no 404. */
export function noSuchFile(id: string): WireError {
  const message = `You do not have permission to access the File ${id} or it may not exist.`;
  return googleError(403, "PERMISSION_DENIED", message);
}

/** 400 for the one key that is always refused; Google gives no 401 here. */
export function invalidKey(): WireError {
  const message = "API key not valid. Please pass a valid API key.";
  return googleError(400, "INVALID_ARGUMENT", message, [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "API_KEY_INVALID",
      domain: "googleapis.com",
      metadata: { service: "generativelanguage.googleapis.com" },
    },
    { "@type": "type.googleapis.com/google.rpc.LocalizedMessage", locale: "en-US", message },
  ]);
}

/** 403 for a call without any key. */
export function missingKey(): WireError {
  const message =
    "Method doesn't allow unregistered callers (callers without established identity). " +
    "Please use API Key or other form of API consumer identity to call this API.";
  return googleError(403, "PERMISSION_DENIED", message);
}

function trouble(kind: Trouble, retryAfterSeconds: number | null): WireError {
  switch (kind) {
    case "rate-limit": {
      const message =
        "You exceeded your current quota, please check your plan and billing details. " +
        "For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. " +
        "To monitor your current usage, head to: https://ai.dev/rate-limit.";
      const help = {
        "@type": "type.googleapis.com/google.rpc.Help",
        links: [
          {
            description: "Learn more about Gemini API quotas",
            url: "https://ai.google.dev/gemini-api/docs/rate-limits",
          },
        ],
      };
      if (retryAfterSeconds === null) return googleError(429, "RESOURCE_EXHAUSTED", message, [help]);
      const retry = {
        "@type": "type.googleapis.com/google.rpc.RetryInfo",
        retryDelay: `${retryAfterSeconds}s`,
      };
      const { status, body } = googleError(429, "RESOURCE_EXHAUSTED", message, [help, retry]);
      return new WireError(status, body, { "retry-after": String(retryAfterSeconds) });
    }
    case "unavailable":
    case "overloaded":
      return googleError(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
    case "server-error":
      return googleError(500, "INTERNAL", "An internal error has occurred. Please retry.");
  }
}

/** A success or an error as Google sends JSON: indented by two. */
export function googleJson(body: unknown, status = 200, headers: Headers = new Headers()): Response {
  headers.set("content-type", "application/json; charset=UTF-8");
  return new Response(`${JSON.stringify(body, null, 2)}\n`, { status, headers });
}

export const googleManners: Manners = {
  provider: "google",
  trouble,
  compressesJson: false,
  headers: ({ number }) => ({
    vary: "Origin, X-Origin, Referer",
    server: "scaffolding on HTTPServer2",
    "x-xss-protection": "0",
    "x-content-type-options": "nosniff",
    "server-timing": `gfet4t7; dur=${20 + (number % 80)}`,
  }),
  renderError: (error, headers) => googleJson(error.body, error.status, headers),
};
