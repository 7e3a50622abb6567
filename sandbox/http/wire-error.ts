/** An answer other than success, in the envelope of the provider that gives it. */
export class WireError extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`HTTP ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Why a call fails in a way that is not the caller's fault; each provider words it in its own envelope. */
export type Trouble = "rate-limit" | "server-error" | "unavailable" | "overloaded";
