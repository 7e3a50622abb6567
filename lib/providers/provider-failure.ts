import { z } from "zod";
import { messageOf, ProviderError, redactSecrets, type ProviderErrorKind } from "#lib/domain/errors.ts";
import { providerKeyVariables, providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { baseUrlVariables } from "./settings.ts";

/** A refusal that arrived over HTTP, as the adapter reads it out of its SDK's error. */
export type HttpFailure = {
  httpStatus: number;
  /** The provider's own code, verbatim. */
  code: string | null;
  /** The provider's own words; null when the body was no error object of the API (a proxy's HTML page, nothing at all). */
  message: string | null;
  requestId: string | null;
  retryAfterSeconds: number | null;
  /** What the adapter knows better than the status says (a bad Gemini key is a 400); null to go by the status. */
  kind: ProviderErrorKind | null;
};

export type FailureContext = {
  provider: ProviderId;
  baseUrl: string;
  apiKey: string;
  readHttpFailure: (thrown: unknown) => HttpFailure | null;
};

/** Turns whatever a call threw into the one `ProviderError`, with the key nowhere in it. */
export function toProviderError(thrown: unknown, context: FailureContext): ProviderError {
  if (thrown instanceof ProviderError) return thrown;
  const failure = context.readHttpFailure(thrown);
  if (failure) return errorOfHttpFailure(failure, thrown, context);
  const code = connectionCodeOf(thrown);
  if (code !== null) return unreachableError(reasonOfConnectionCode(code, thrown), thrown, context);
  return unreadableReplyError(reasonOfUnreadable(thrown), context, thrown);
}

export function abortedError(provider: ProviderId): ProviderError {
  return new ProviderError(
    `The call to ${providerLabels[provider]} was stopped on our side before it ended.`,
    {
      provider,
      kind: "aborted",
      isRetryable: true,
    },
  );
}

export function timedOutError(context: FailureContext, timeoutMs: number): ProviderError {
  const seconds = Math.max(1, Math.round(timeoutMs / 1000));
  return unreachableError(`no answer within ${seconds} s`, null, context);
}

/** The reply arrived and is not what the API promises: cut off, not JSON, or without a field that everything hangs on. */
export function unreadableReplyError(
  reason: string,
  context: FailureContext,
  cause?: unknown,
): ProviderError {
  const label = providerLabels[context.provider];
  return new ProviderError(
    withoutKey(`${label} sent a reply that cannot be read: ${reason} Try again later.`, context),
    {
      provider: context.provider,
      kind: "unreadable_reply",
      isRetryable: true,
      cause: cause === undefined ? undefined : safeCause(cause, context),
    },
  );
}

function unreachableError(reason: string, cause: unknown, context: FailureContext): ProviderError {
  const label = providerLabels[context.provider];
  const advice = `Check the network, and ${baseUrlVariables[context.provider]} if it is set.`;
  return new ProviderError(
    withoutKey(`Could not reach ${label} at ${hostOf(context.baseUrl)}: ${reason}. ${advice}`, context),
    {
      provider: context.provider,
      kind: "unreachable",
      isRetryable: true,
      cause: cause === null ? undefined : safeCause(cause, context),
    },
  );
}

function errorOfHttpFailure(failure: HttpFailure, thrown: unknown, context: FailureContext): ProviderError {
  const kind = failure.kind ?? kindOfHttpStatus(failure.httpStatus);
  return new ProviderError(withoutKey(messageOfHttpFailure(kind, failure, context.provider), context), {
    provider: context.provider,
    kind,
    httpStatus: failure.httpStatus,
    code: cleanText(failure.code, context),
    requestId: cleanText(failure.requestId, context),
    isRetryable: kind === "rate_limit" || kind === "server",
    retryAfterSeconds: failure.retryAfterSeconds,
    cause: safeCause(thrown, context),
  });
}

function kindOfHttpStatus(status: number): ProviderErrorKind {
  if (status === 401) return "authentication";
  if (status === 402) return "quota";
  if (status === 403) return "permission";
  if (status === 404) return "not_found";
  if (status === 409) return "conflict";
  if (status === 429) return "rate_limit";
  if (status >= 500 || status === 408 || status === 425) return "server";
  return "invalid_request";
}

function messageOfHttpFailure(kind: ProviderErrorKind, failure: HttpFailure, provider: ProviderId): string {
  const label = providerLabels[provider];
  const status = failure.httpStatus;
  const words = failure.message ? `: ${sentence(failure.message)}` : ".";
  const wait = failure.retryAfterSeconds === null ? "a while" : `${Math.ceil(failure.retryAfterSeconds)} s`;
  switch (kind) {
    case "authentication":
      return `${label} refused the key (${status}). Check ${providerKeyVariables[provider]} in .env and restart.`;
    case "permission":
      return `${label} does not allow this with the given key (${status})${words} Check the rights of the key and its project.`;
    case "not_found":
      return `${label} does not know this (${status})${words}`;
    case "conflict":
      return `${label} cannot do this in the present state (${status})${words}`;
    case "rate_limit":
      return `${label} asks for fewer calls (${status})${words} Wait ${wait} and try again.`;
    case "quota":
      return `The quota or credit of the ${label} account is used up (${status})${words} Check its plan and billing.`;
    case "server":
      return `${label} has trouble of its own (${status})${words} Try again in ${wait}.`;
    default:
      return status === 413
        ? `${label} refused the input as too large (413)${words} Split it into more jobs.`
        : `${label} refused the request (${status})${words}`;
  }
}

const longestProviderWords = 500;

function sentence(text: string): string {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  const short = plain.length > longestProviderWords ? `${plain.slice(0, longestProviderWords)}…` : plain;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}

/**
 * The network error code in an error or its causes (`ECONNREFUSED`, `UND_ERR_SOCKET`); "" when fetch failed without one;
 * null when this is no network error.
 */
function connectionCodeOf(thrown: unknown): string | null {
  let isFetchFailure = false;
  for (const error of causesOf(thrown)) {
    const code: unknown = "code" in error ? error.code : undefined;
    if (typeof code === "string" && /^(E[A-Z_]+|UND_ERR_.*|CERT_.*|.*_CERT.*|ERR_(TLS|SSL).*)$/.test(code))
      return code;
    if (error instanceof TypeError && /fetch failed|terminated|network/i.test(error.message))
      isFetchFailure = true;
    if (/^(Connection error|Request timed out)/.test(error.message)) isFetchFailure = true;
  }
  return isFetchFailure ? "" : null;
}

function* causesOf(thrown: unknown): Iterable<Error> {
  let current = thrown;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    yield current;
    if (current instanceof AggregateError && current.errors[0] instanceof Error) yield current.errors[0];
    current = current.cause;
  }
}

function reasonOfConnectionCode(code: string, thrown: unknown): string {
  if (code === "ECONNREFUSED") return "connection refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host name was not found";
  if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET")
    return "the connection was lost";
  if (code.includes("TIMEOUT") || code === "ETIMEDOUT") return "the connection timed out";
  if (code.includes("CERT") || code.startsWith("ERR_TLS")) return `its certificate is not trusted (${code})`;
  return `the connection failed (${code || ([...causesOf(thrown)].at(-1)?.message ?? "no reason given")})`;
}

function reasonOfUnreadable(thrown: unknown): string {
  if (thrown instanceof z.ZodError) {
    const issue = thrown.issues[0];
    return issue
      ? `${issue.path.join(".") || "the reply"}: ${sentence(issue.message)}`
      : "it has another shape.";
  }
  if (thrown instanceof SyntaxError) return "it is not JSON.";
  return sentence(messageOf(thrown).slice(0, longestProviderWords));
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** The key as it is and as a URL writes it. */
function withoutKey(text: string, { apiKey }: FailureContext): string {
  if (apiKey.length < 4) return text;
  return text.replaceAll(apiKey, "[redacted]").replaceAll(encodeURIComponent(apiKey), "[redacted]");
}

function cleanText(text: string | null, context: FailureContext): string | null {
  return text === null ? null : redactSecrets(withoutKey(text, context)).slice(0, longestProviderWords);
}

/**
 * A cause that may be logged: SDK errors carry headers, bodies and echoes of the key as properties, so only name, code
 * and the cleaned message of each error of the chain are kept.
 */
function safeCause(thrown: unknown, context: FailureContext, depth = 0): Error {
  const clean = (text: string) => redactSecrets(withoutKey(text, context));
  const inner = thrown instanceof Error && thrown.cause !== undefined && depth < 3 ? thrown.cause : undefined;
  const cause = new Error(clean(messageOf(thrown)).slice(0, 2 * longestProviderWords), {
    cause: inner === undefined ? undefined : safeCause(inner, context, depth + 1),
  });
  if (thrown instanceof Error) {
    cause.name = thrown.constructor.name;
    cause.stack = clean(thrown.stack ?? "").slice(0, 4000);
  }
  return cause;
}
