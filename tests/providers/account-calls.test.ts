import { describe, expect, it } from "vitest";
import { callStatsSchema, keptErrors } from "#lib/domain/call-stats.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { AccountCalls } from "#lib/providers/account-calls.ts";
import { createProviderRegistry } from "#lib/providers/registry.ts";
import { collect, providerErrorOf, providerSettings, serve, testKey, testTime } from "./support.ts";

const batch: Record<ProviderId, unknown> = {
  openai: { id: "b1", status: "completed" },
  google: { name: "batches/b1", metadata: { state: "BATCH_STATE_RUNNING" } },
  anthropic: { id: "b1", processing_status: "ended" },
};

async function registryAt(id: ProviderId, headers: Record<string, string>, status = 200) {
  const baseUrl = await serve((request, response) => {
    request.resume();
    const isList = /\/batches\?/.test(request.url ?? "");
    const list = { data: [batch[id]], operations: [batch[id]] };
    const refusal = { type: "error", error: { message: `No, ${testKey}`, code: 503, type: testKey } };
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(status === 200 ? (isList ? list : batch[id]) : refusal));
  });
  return createProviderRegistry({ [id]: providerSettings({ baseUrl }) });
}

describe.each(providerIds)("the calls of %s", (id) => {
  it("are counted by verb, with the answers that they took", async () => {
    const registry = await registryAt(id, {});
    const provider = registry.get(id);
    await provider.get("b1");
    await provider.get("b1");
    await collect(provider.list({ since: new Date(0) }));
    const stats = registry.callStats(id);
    expect(stats?.calls).toEqual({
      submit: 0,
      get: 2,
      list: 1,
      cancel: 0,
      remove: 0,
      results: 0,
      models: 0,
      listFiles: 0,
      deleteFile: 0,
    });
    expect(stats).toMatchObject({ provider: id, answeredRequests: 3, refusedRequests: 0, lastErrors: [] });
    expect(callStatsSchema.parse(JSON.parse(JSON.stringify(stats)))).toEqual(stats);
  });

  it("leave their last errors, without the key", async () => {
    const registry = await registryAt(id, {}, 503);
    await providerErrorOf(registry.get(id).models());
    const stats = registry.callStats(id);
    expect(stats?.lastErrors).toMatchObject([
      { verb: "models", kind: "server", httpStatus: 503, at: testTime },
    ]);
    expect(stats).toMatchObject({ answeredRequests: 1, refusedRequests: 1 });
    expect(JSON.stringify(stats)).not.toContain(testKey);
  });

  it("do not count our own stop as an error of the provider", async () => {
    const registry = await registryAt(id, {});
    await providerErrorOf(registry.get(id).get("b1", { signal: AbortSignal.abort() }));
    expect(registry.callStats(id)?.lastErrors).toEqual([]);
  });

  it("tell how far the provider's clock is from ours", async () => {
    const registry = await registryAt(id, { date: new Date(testTime.getTime() + 300_000).toUTCString() });
    expect(registry.callStats(id)?.clockOffsetSeconds).toBeNull();
    await registry.get(id).get("b1");
    expect(registry.callStats(id)?.clockOffsetSeconds).toBe(300.5);
  });
});

describe("the limits of an account", () => {
  it("are read from the headers of OpenAI", async () => {
    const registry = await registryAt("openai", {
      "x-ratelimit-limit-requests": "5000",
      "x-ratelimit-remaining-requests": "4999",
      "x-ratelimit-reset-requests": "12ms",
      "x-ratelimit-limit-tokens": "many",
    });
    await registry.get("openai").get("b1");
    expect(registry.callStats("openai")?.rateLimits).toEqual({
      at: testTime,
      limits: [
        { name: "requests", limit: 5000, remaining: 4999, reset: "12ms" },
        { name: "tokens", limit: null, remaining: null, reset: null },
      ],
    });
  });

  it("are read from the headers of Anthropic, and kept until others come", async () => {
    const calls = new AccountCalls("anthropic", providerSettings());
    const at = { status: 200, sentAt: testTime, receivedAt: testTime };
    const headers = new Headers({
      "anthropic-ratelimit-requests-limit": "1000",
      "anthropic-ratelimit-requests-remaining": "998",
      "anthropic-ratelimit-requests-reset": "2026-11-22T12:00:01Z",
      "anthropic-ratelimit-input-tokens-limit": "40000",
    });
    calls.responded({ ...at, headers });
    calls.responded({ ...at, headers: new Headers() });
    expect(calls.read().rateLimits?.limits).toEqual([
      { name: "input-tokens", limit: 40000, remaining: null, reset: null },
      { name: "requests", limit: 1000, remaining: 998, reset: "2026-11-22T12:00:01Z" },
    ]);
  });

  it("are unknown where none were sent", async () => {
    const registry = await registryAt("google", {});
    await registry.get("google").get("b1");
    expect(registry.callStats("google")?.rateLimits).toBeNull();
    expect(registry.callStats("openai")).toBeNull();
  });
});

it("the errors of an account are kept newest first, and the oldest make room", () => {
  let seconds = 0;
  const clock = { now: () => new Date(testTime.getTime() + seconds * 1000) };
  const calls = new AccountCalls("openai", providerSettings({ clock }));
  for (; seconds < keptErrors + 3; seconds += 1) {
    calls.failed(
      "get",
      new ProviderError(`No. ${seconds}`, { provider: "openai", kind: "server", isRetryable: true }),
    );
  }
  const { lastErrors } = calls.read();
  expect(lastErrors).toHaveLength(keptErrors);
  expect(lastErrors[0]).toMatchObject({ message: `No. ${keptErrors + 2}` });
  expect(lastErrors.at(-1)).toMatchObject({ message: "No. 3", at: new Date(testTime.getTime() + 3000) });
});

describe("the clock offset", () => {
  const after = (seconds: number) => new Date(testTime.getTime() + seconds * 1000);
  const answer = (date: string, sentAt: Date, receivedAt: Date) => ({
    status: 200,
    headers: new Headers({ date }),
    sentAt,
    receivedAt,
  });

  it("is not read from slow answers nor from what is no date", () => {
    const calls = new AccountCalls("openai", providerSettings());
    calls.responded(answer(testTime.toUTCString(), testTime, after(60)));
    calls.responded(answer("yesterday", testTime, testTime));
    expect(calls.read().clockOffsetSeconds).toBeNull();
  });

  it("is taken against the middle of the call, and one stale answer does not move it", () => {
    const calls = new AccountCalls("openai", providerSettings());
    for (let call = 0; call < 20; call += 1) {
      calls.responded(answer(after(10).toUTCString(), testTime, after(1)));
    }
    calls.responded(answer(after(-3600).toUTCString(), testTime, after(1)));
    expect(calls.read().clockOffsetSeconds).toBe(10);
  });
});
