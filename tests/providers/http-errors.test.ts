import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { providerIds, providerKeyVariables, providerLabels } from "#lib/domain/provider-id.ts";
import { refusals } from "./refusals.ts";
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

describe.each(providerIds)("a refusal of %s", (id) => {
  const providerAt = (baseUrl: string) => createProvider[id](providerSettings({ baseUrl }));

  it.each(refusals[id])("with $status is of kind $kind ($body.error.message)", async (refusal) => {
    const baseUrl = await serveReply(refusal.status, refusal.body, {
      "content-type": "application/json",
      ...refusal.headers,
    });
    const error = await providerErrorOf(providerAt(baseUrl).get("batches/x"));
    expect(error).toMatchObject({
      provider: id,
      kind: refusal.kind,
      httpStatus: refusal.status,
      isRetryable: refusal.isRetryable ?? false,
      retryAfterSeconds: refusal.retryAfterSeconds ?? null,
      ...(refusal.code === undefined ? {} : { code: refusal.code }),
      ...(refusal.requestId === undefined ? {} : { requestId: refusal.requestId }),
    });
    expect(error.cause).toBeInstanceOf(Error);
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

  it.each([
    ["in its words", { message: `Bad request with ${testKey} inside` }],
    ["in its code", { message: "No.", code: testKey, type: testKey, status: testKey }],
    ["as part of an address", { message: `See https://x.test/?key=${testKey}&y=1` }],
    ["masked in the middle", { message: "Incorrect API key provided: sk-tes*********1e." }],
  ])("that echoes the key %s carries it nowhere", async (_where, words) => {
    const body = { type: "error", error: { code: 400, type: "x", status: "X", ...words } };
    const baseUrl = await serveReply(400, body, {
      "content-type": "application/json",
      "x-request-id": testKey,
      "request-id": testKey,
      "www-authenticate": testKey,
    });
    const error = await providerErrorOf(providerAt(baseUrl).get("batches/x"));
    let links = 0;
    for (let link: unknown = error; link instanceof Error; link = link.cause) {
      links += 1;
      const all = `${inspect(link, { depth: 10, showHidden: true })} ${JSON.stringify(link)}`;
      expect(all).not.toContain(testKey);
      expect(all).not.toContain("sk-tes");
    }
    expect(links).toBeGreaterThan(1);
  });

  it("that leads elsewhere does not take the key along", async () => {
    const keys: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      request.resume();
      keys.push(JSON.stringify(request.headers));
      response.end("{}");
    });
    const baseUrl = await serve((request, response) => {
      request.resume();
      response.writeHead(307, { location: `${elsewhere}/moved` }).end();
    });
    for (const call of [
      () => providerAt(baseUrl).get("batches/x"),
      () => providerAt(baseUrl).models(),
      () => collect(providerAt(baseUrl).list({ since: new Date(0) })),
    ]) {
      await providerErrorOf(call());
    }
    expect(keys.join()).not.toContain(testKey);
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
