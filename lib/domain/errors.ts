import type { ProviderId } from "./provider-id.ts";

export type AppErrorCode =
  | "not_found"
  | "invalid_input"
  | "conflict"
  | "limit"
  | "storage"
  | "forbidden"
  | "provider"
  | "internal";

/** What is wrong with one input field, named by its dotted path (`lanes.0.model`). */
export type FieldProblem = { field: string; message: string };

// A server bundle and its start-up code load this module once each, and errors cross from one to the other. `instanceof`
// therefore goes by a mark on the error instead of the identity of the class.
const appErrorMark = Symbol.for("batchmark.AppError");
const providerErrorMark = Symbol.for("batchmark.ProviderError");

function carries(mark: symbol, value: unknown): boolean {
  return typeof value === "object" && value !== null && mark in value;
}

/** An expected failure inside Batchmark. `message` is written for the user: what happened, then what to do. */
export class AppError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return carries(appErrorMark, value);
  }

  override readonly name = "AppError";
  readonly [appErrorMark] = true;
  readonly code: AppErrorCode;
  /** The input fields that are wrong; empty when the error is not about input. */
  readonly problems: FieldProblem[];

  constructor(
    code: AppErrorCode,
    message: string,
    options: { problems?: FieldProblem[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.problems = options.problems ?? [];
  }
}

export type ProviderErrorKind =
  | "authentication"
  | "permission"
  | "not_found"
  | "invalid_request"
  | "conflict"
  | "rate_limit"
  | "quota"
  | "server"
  | "unreachable"
  | "aborted"
  | "unreadable_reply"
  | "not_configured";

export type ProviderErrorDetails = {
  provider: ProviderId;
  kind: ProviderErrorKind;
  /** HTTP status; null when no answer arrived. */
  httpStatus?: number | null;
  /** The provider's own code, verbatim (`invalid_api_key`, `RESOURCE_EXHAUSTED`, `overloaded_error`). */
  code?: string | null;
  requestId?: string | null;
  isRetryable: boolean;
  /** What the provider asked us to wait, in seconds; null when it did not say. */
  retryAfterSeconds?: number | null;
  cause?: unknown;
};

/** A provider's refusal or silence. The message never holds a key (see `redactSecrets`). */
export class ProviderError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return carries(providerErrorMark, value);
  }

  override readonly name = "ProviderError";
  readonly [providerErrorMark] = true;
  readonly provider: ProviderId;
  readonly kind: ProviderErrorKind;
  readonly httpStatus: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly isRetryable: boolean;
  readonly retryAfterSeconds: number | null;

  constructor(message: string, details: ProviderErrorDetails) {
    super(redactSecrets(message), { cause: details.cause });
    this.provider = details.provider;
    this.kind = details.kind;
    this.httpStatus = details.httpStatus ?? null;
    this.code = details.code ?? null;
    this.requestId = details.requestId ?? null;
    this.isRetryable = details.isRetryable;
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }

  /** True when a create call may have reached the provider although we hold no answer: repeating it could pay twice. */
  get leavesOutcomeUnknown(): boolean {
    if (this.kind === "unreachable" || this.kind === "aborted" || this.kind === "unreadable_reply")
      return true;
    return this.kind === "server";
  }
}

const secretPatterns = [
  /\bsk-[A-Za-z0-9_*-]{6,}/g,
  /\bAIza[A-Za-z0-9_-]{10,}/g,
  /([?&]key=)[^&\s"]+/g,
  /(Bearer\s+)[A-Za-z0-9._~+/=-]{6,}/gi,
];

/** Masks what looks like an API key; providers echo keys back in some error messages. */
export function redactSecrets(text: string): string {
  return secretPatterns.reduce(
    (redacted, pattern) =>
      redacted.replace(pattern, (_match, prefix: unknown) =>
        typeof prefix === "string" ? `${prefix}[redacted]` : "[redacted]",
      ),
    text,
  );
}

/** The message of anything thrown, without assuming that it is an Error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
