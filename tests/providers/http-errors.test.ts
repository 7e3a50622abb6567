import { describe, expect, it } from "vitest";
import type { ProviderErrorKind } from "#lib/domain/errors.ts";
import {
  providerIds,
  providerKeyVariables,
  providerLabels,
  type ProviderId,
} from "#lib/domain/provider-id.ts";
import {
  closedPort,
  collect,
  createProvider,
  providerErrorOf,
  providerSettings,
  serve,
  serveReply,
  testKey,
} from "./support.ts";

type Refusal = {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
  kind: ProviderErrorKind;
  isRetryable: boolean;
  code?: string | null;
  retryAfterSeconds?: number;
};

const openAi = (message: string, type: string, code: string | null = null) => ({
  error: { message, type, param: null, code },
});
const google = (code: number, status: string, message: string, details: unknown[] = []) => ({
  error: { code, status, message, details },
});
const anthropic = (type: string, message: string, details?: unknown) => ({
  type: "error",
  error: { type, message, details },
  request_id: "req_1",
});

const badKey = { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" };
const retryInfo = { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "2.5s" };
const permanent = (status: number, kind: ProviderErrorKind, body: unknown): Refusal => ({
  status,
  kind,
  body,
  isRetryable: false,
});

const refusals: Record<ProviderId, Refusal[]> = {
  openai: [
    {
      ...permanent(401, "authentication", openAi("Incorrect API key", "x", "invalid_api_key")),
      code: "invalid_api_key",
    },
    permanent(401, "permission", openAi("Missing scopes: api.batches", "invalid_request_error")),
    permanent(403, "permission", openAi("Country not supported", "request_forbidden")),
    permanent(404, "not_found", openAi("No batch found with id 'x'.", "invalid_request_error")),
    permanent(409, "conflict", openAi("Cannot cancel a batch", "invalid_request_error")),
    permanent(413, "invalid_request", openAi("File is too large.", "invalid_request_error")),
    permanent(429, "quota", openAi("You exceeded your quota", "insufficient_quota", "insufficient_quota")),
    permanent(429, "quota", openAi("No credit", "x", "credit_balance_exhausted")),
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
      headers: { "retry-after-ms": "1500" },
      kind: "rate_limit",
      isRetryable: true,
      retryAfterSeconds: 1.5,
    },
    {
      status: 503,
      body: openAi("Overloaded", "service_unavailable_error"),
      kind: "server",
      isRetryable: true,
    },
  ],
  google: [
    {
      ...permanent(400, "authentication", google(400, "INVALID_ARGUMENT", "API key not valid.", [badKey])),
      code: "INVALID_ARGUMENT",
    },
    permanent(400, "invalid_request", google(400, "INVALID_ARGUMENT", "Error on line 1: invalid JSON")),
    permanent(403, "permission", google(403, "PERMISSION_DENIED", "You do not have permission")),
    permanent(
      403,
      "authentication",
      google(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers"),
    ),
    permanent(404, "not_found", google(404, "NOT_FOUND", "Requested entity was not found.")),
    {
      status: 429,
      body: google(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota", [retryInfo]),
      kind: "rate_limit",
      isRetryable: true,
      code: "RESOURCE_EXHAUSTED",
      retryAfterSeconds: 2.5,
    },
    {
      status: 503,
      body: google(503, "UNAVAILABLE", "The model is overloaded."),
      kind: "server",
      isRetryable: true,
    },
    { status: 504, body: google(504, "DEADLINE_EXCEEDED", "Too slow."), kind: "server", isRetryable: true },
  ],
  anthropic: [
    {
      ...permanent(401, "authentication", anthropic("authentication_error", "API key is invalid.")),
      code: "authentication_error",
    },
    permanent(402, "quota", anthropic("billing_error", "Pay.")),
    permanent(403, "permission", anthropic("permission_error", "No.")),
    permanent(404, "not_found", anthropic("not_found_error", "Message Batch x not found.")),
    permanent(400, "invalid_request", anthropic("invalid_request_error", "requests: too short")),
    permanent(
      400,
      "quota",
      anthropic("invalid_request_error", "You have reached your specified API usage limits."),
    ),
    {
      ...permanent(
        429,
        "quota",
        anthropic("rate_limit_error", "Cap", { error_code: "enforced_spend_limit_reached" }),
      ),
      code: "enforced_spend_limit_reached",
    },
    {
      status: 429,
      body: anthropic("rate_limit_error", "Too many"),
      headers: { "retry-after": "3600" },
      kind: "rate_limit",
      isRetryable: true,
      retryAfterSeconds: 3600,
    },
    {
      status: 529,
      body: anthropic("overloaded_error", "Overloaded"),
      kind: "server",
      isRetryable: true,
      code: "overloaded_error",
    },
  ],
};

describe.each(providerIds)("a refusal of %s", (id) => {
  const providerAt = (baseUrl: string) => createProvider[id](providerSettings({ baseUrl }));

  it.each(refusals[id])("with $status and kind $kind", async (refusal) => {
    const baseUrl = await serveReply(refusal.status, refusal.body, {
      "content-type": "application/json",
      ...refusal.headers,
    });
    const error = await providerErrorOf(providerAt(baseUrl).get("batches/x"));
    expect(error).toMatchObject({
      provider: id,
      kind: refusal.kind,
      httpStatus: refusal.status,
      isRetryable: refusal.isRetryable,
      retryAfterSeconds: refusal.retryAfterSeconds ?? null,
      ...(refusal.code === undefined ? {} : { code: refusal.code }),
    });
    expect(error.message).toContain(providerLabels[id]);
    if (refusal.kind === "authentication") expect(error.message).toContain(providerKeyVariables[id]);
  });

  it("with a page of HTML never shows the page", async () => {
    const html = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    const baseUrl = await serveReply(502, html, { "content-type": "text/html" });
    const error = await providerErrorOf(providerAt(baseUrl).get("batches/x"));
    expect(error).toMatchObject({ kind: "server", httpStatus: 502, isRetryable: true });
    expect(error.message).not.toMatch(/<|nginx/);
  });

  it("that is a page of HTML with status 200 cannot be read, in lists too", async () => {
    const baseUrl = await serveReply(200, "<html>Sign in to the network</html>", {
      "content-type": "text/html",
    });
    const provider = providerAt(baseUrl);
    for (const call of [
      () => provider.get("batches/x"),
      () => collect(provider.list({ since: new Date(0) })),
      () => provider.models(),
    ]) {
      expect(await providerErrorOf(call())).toMatchObject({ kind: "unreadable_reply", isRetryable: true });
    }
  });

  it("that echoes the key does not carry it into message, cause or stack", async () => {
    const baseUrl = await serveReply(400, {
      type: "error",
      error: { code: 400, type: "x", status: "X", message: `Bad request with ${testKey} inside` },
    });
    const error = await providerErrorOf(providerAt(baseUrl).get("batches/x"));
    expect(error.message).toContain("[redacted]");
    for (let link: unknown = error; link instanceof Error; link = link.cause) {
      expect(`${link.message} ${link.stack} ${JSON.stringify(link)}`).not.toContain(testKey);
    }
  });

  it("is not repeated: one call, one request", async () => {
    let requestCount = 0;
    const baseUrl = await serve((request, response) => {
      requestCount += 1;
      request.resume();
      response.writeHead(503, { "content-type": "application/json" }).end("{}");
    });
    await providerErrorOf(providerAt(baseUrl).get("batches/x"));
    expect(requestCount).toBe(1);
  });
});

describe.each(providerIds)("silence of %s", (id) => {
  it("of a port where nobody listens is unreachable", async () => {
    const baseUrl = await closedPort();
    const error = await providerErrorOf(createProvider[id](providerSettings({ baseUrl })).get("batches/x"));
    expect(error).toMatchObject({ kind: "unreachable", httpStatus: null, isRetryable: true });
    expect(error.message).toContain("connection refused");
    expect(error.message).toContain(new URL(baseUrl).host);
  });

  it("of a connection that is closed without an answer is unreachable", async () => {
    const baseUrl = await serve((request) => request.socket.destroy());
    const error = await providerErrorOf(createProvider[id](providerSettings({ baseUrl })).get("batches/x"));
    expect(error).toMatchObject({ kind: "unreachable", isRetryable: true });
    expect(error.leavesOutcomeUnknown).toBe(true);
  });

  it("ends with the time-out", async () => {
    const baseUrl = await serve((request) => void request.resume());
    const provider = createProvider[id](providerSettings({ baseUrl, timeoutMs: 20 }));
    const error = await providerErrorOf(provider.get("batches/x"));
    expect(error).toMatchObject({ kind: "unreachable", isRetryable: true });
    expect(error.message).toContain("no answer within");
  });

  it("ends at once when the caller aborts", async () => {
    const controller = new AbortController();
    const baseUrl = await serve((request) => {
      request.resume();
      controller.abort();
    });
    const provider = createProvider[id](providerSettings({ baseUrl }));
    const error = await providerErrorOf(provider.get("batches/x", { signal: controller.signal }));
    expect(error.kind).toBe("aborted");
  });

  it("makes no call when the signal is aborted beforehand", async () => {
    let requestCount = 0;
    const baseUrl = await serve((_request, response) => {
      requestCount += 1;
      response.end();
    });
    const provider = createProvider[id](providerSettings({ baseUrl }));
    const error = await providerErrorOf(provider.get("batches/x", { signal: AbortSignal.abort() }));
    expect(error.kind).toBe("aborted");
    expect(requestCount).toBe(0);
  });
});
