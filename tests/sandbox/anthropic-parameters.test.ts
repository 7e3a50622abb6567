import { get } from "node:http";
import { describe, expect, it } from "vitest";
import { anthropic, linesOf, messageRequest, startWorld, type World } from "./support.ts";

const NEWEST = "2026-10-21";
const PREVIOUS = "2023-06-01";
const user = { role: "user", content: "Hi" };
const base = { model: "claude-haiku-4-5", max_tokens: 10, messages: [user] };

function headersOf(version: string, beta?: string): Record<string, string> {
  return {
    "x-api-key": "key-a",
    "anthropic-version": version,
    ...(beta === undefined ? {} : { "anthropic-beta": beta }),
  };
}

async function post(world: World, path: string, headers: Record<string, string>, body: unknown) {
  const url = `${world.sandbox.urls.anthropic}${path}`;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  // Test code: the shape is what the assertions check.
  return { response, body: (await response.json()) as Record<string, unknown> };
}

/** The result of a batch with one request, as its line has it. */
async function resultOf(params: object, version: string, beta?: string) {
  const world = await startWorld();
  const headers = headersOf(version, beta);
  const body = { requests: [{ custom_id: "one", params }] };
  const made = await post(world, "/v1/messages/batches", headers, body);
  expect(made.response.status).toBe(200);
  world.advance(5);
  const url = `${world.sandbox.urls.anthropic}/v1/messages/batches/${String(made.body["id"])}/results`;
  const [line] = linesOf(await (await fetch(url, { headers })).text());
  return JSON.parse(line ?? "").result;
}

const block = (text: string, more: object = {}) => ({ type: "text", text, ...more });
const citation = { type: "char_location", cited_text: "x", document_index: 0 };
const cited = { role: "user", content: [block("a", { citations: [citation] })] };
const withDocument = [
  user,
  { role: "assistant", content: [{ type: "document", source: { type: "text", data: "x" } }] },
  user,
];

describe("a request in a batch", () => {
  it.each([
    ["fast mode", { speed: "fast" }, "speed"],
    ["threads", { store: true }, "store"],
    ["a thread to go on with", { previous_thread_event_id: "evt_1" }, "previous_thread_event_id"],
    ["a cache hint", { cache_hint: {} }, "cache_hint"],
    ["a context hint", { context_hint: {} }, "context_hint"],
    ["fallbacks", { fallbacks: [{ model: "claude-sonnet-5" }] }, "fallbacks"],
    [
      "another payer",
      { billing_policy: { type: "billing_policy", bill_to: "user_profile" } },
      "billing_policy",
    ],
    ["no messages at all", { messages: [] }, "at least one message is required"],
    ["an unknown role", { messages: [{ role: "bot", content: "Hi" }] }, "messages.0.role"],
    ["a message without content", { messages: [{ role: "user" }] }, "messages.0.content: Field required"],
    ["an empty message", { messages: [{ role: "user", content: "" }] }, "non-empty content"],
    ["an answer before any question", { messages: [{ role: "assistant", content: "x" }, user] }, "first"],
  ])("ends as an error with %s", async (_name, params, message) => {
    const result = await resultOf({ ...base, ...params }, PREVIOUS);
    expect(result).toMatchObject({
      type: "errored",
      error: {
        type: "error",
        error: { type: "invalid_request_error", details: { error_visibility: "user_facing" } },
        request_id: null,
      },
    });
    expect(result.error.error.message).toContain(message);
  });

  it.each([
    ["the usual payer", { billing_policy: { type: "billing_policy", bill_to: "self" } }],
    ["a beginning of the answer", { messages: [user, { role: "assistant", content: "So" }] }],
    ["sampling parameters of the previous version", { temperature: 0.5, top_k: 3 }],
    ["citations in the previous version", { messages: [cited] }],
    ["a document of the assistant in the previous version", { messages: withDocument }],
  ])("succeeds with %s", async (_name, params) => {
    expect(await resultOf({ ...base, ...params }, PREVIOUS)).toMatchObject({ type: "succeeded" });
  });

  it.each([
    ["temperature", { temperature: 1 }, "temperature"],
    ["citations on a user's text", { messages: [cited] }, "messages.0.content.0.citations"],
    ["a document of the assistant", { messages: withDocument }, "messages.1.content.0"],
  ])("ends as an error with %s in the newest version", async (_name, params, message) => {
    const result = await resultOf({ ...base, ...params }, NEWEST);
    expect(result.error.error).toMatchObject({ type: "invalid_request_error" });
    expect(result.error.error.message).toContain(message);
  });

  it("may have empty citations in the newest version", async () => {
    const messages = [{ role: "user", content: [block("a", { citations: [] })] }];
    expect(await resultOf({ ...base, messages }, NEWEST)).toMatchObject({ type: "succeeded" });
  });

  it.each([
    ["temperature", { temperature: 0.2 }],
    ["a beginning of the answer", { messages: [user, { role: "assistant", content: "So" }] }],
    ["no thinking at high effort", { thinking: { type: "disabled" }, output_config: { effort: "max" } }],
  ])("of Haiku 5.5 ends as an error with %s", async (_name, params) => {
    const strict = { ...base, model: "claude-haiku-5-5", ...params };
    expect(await resultOf(strict, PREVIOUS)).toMatchObject({ type: "errored" });
  });

  it("of Haiku 5.5 may go without thinking at low effort", async () => {
    const params = { thinking: { type: "disabled" }, output_config: { effort: "low" } };
    const result = await resultOf({ ...base, model: "claude-haiku-5-5", ...params }, PREVIOUS);
    expect(result.message.content.map((part: { type: string }) => part.type)).toEqual(["text"]);
  });

  it("may ask for a very long answer only with the beta for it", async () => {
    const params = { ...base, model: "claude-sonnet-5", max_tokens: 300_000 };
    expect(await resultOf(params, PREVIOUS)).toMatchObject({ type: "errored" });
    expect(await resultOf(params, PREVIOUS, "output-300k-2026-03-24")).toMatchObject({ type: "succeeded" });
  });
});

describe("counting tokens", () => {
  const count = async (version: string, params: object) =>
    post(await startWorld(), "/v1/messages/count_tokens", headersOf(version), {
      model: base.model,
      messages: [user],
      ...params,
    });

  it.each([
    [{ temperature: 1 }, 400],
    [{ messages: [cited] }, 400],
    [{ messages: withDocument }, 400],
    [{ messages: [] }, 400],
    [{ model: "claude-nope" }, 404],
    [{}, 200],
  ])("in the newest version answers %j with %i", async (params, status) => {
    expect((await count(NEWEST, params)).response.status).toBe(status);
  });

  it("takes sampling parameters in the previous version", async () => {
    expect((await count(PREVIOUS, { temperature: 1 })).response.status).toBe(200);
  });

  it("says nothing about rate limits", async () => {
    const { response } = await count(NEWEST, {});
    expect([...response.headers.keys()].filter((name) => name.startsWith("anthropic-ratelimit"))).toEqual([]);
  });
});

describe("headers", () => {
  it("of batches tell how many calls are left and until when", async () => {
    const world = await startWorld();
    const { response } = await post(world, "/v1/messages/batches", headersOf(NEWEST), {
      requests: [messageRequest("h-1")],
    });
    expect(response.headers.get("anthropic-ratelimit-requests-limit")).toBe("1000");
    expect(response.headers.get("anthropic-ratelimit-requests-reset")).toMatch(/^2026-11-22T12:00:0\dZ$/);
    expect(response.headers.get("anthropic-workspace-id")).toMatch(/^wrkspc_01/);
  });

  it("of a refused key tell nothing about whose it is", async () => {
    const world = await startWorld();
    const url = `${world.sandbox.urls.anthropic}/v1/messages/batches`;
    const response = await fetch(url, { headers: { ...headersOf(NEWEST), "x-api-key": "invalid" } });
    expect(response.status).toBe(401);
    expect(response.headers.get("request-id")).toMatch(/^req_01/);
    expect([...response.headers.keys()].filter((name) => name.startsWith("anthropic-"))).toEqual([]);
  });
});

describe("compression", () => {
  const encodingOf = (url: string, headers: Record<string, string>): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      const request = get(
        url,
        { headers: { ...headers, "accept-encoding": "gzip, deflate" } },
        (response) => {
          resolve(response.headers["content-encoding"]);
          response.resume();
        },
      );
      request.on("error", reject);
    });

  it("is used for the JSON of Anthropic and OpenAI, never for results", async () => {
    const world = await startWorld();
    const { id } = await anthropic(world).messages.batches.create({ requests: [messageRequest("z-1")] });
    world.advance(5);
    const { urls } = world.sandbox;
    const batch = `${urls.anthropic}/v1/messages/batches/${id}`;
    expect(await encodingOf(batch, headersOf(NEWEST))).toBe("gzip");
    expect(await encodingOf(`${batch}/results`, headersOf(NEWEST))).toBeUndefined();
    expect(await encodingOf(`${urls.openai}/models`, { authorization: "Bearer a" })).toBe("gzip");
    expect(await encodingOf(`${urls.google}/v1/models`, { "x-goog-api-key": "a" })).toBeUndefined();
  });
});
