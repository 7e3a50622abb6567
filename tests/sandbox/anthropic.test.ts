import { describe, expect, it } from "vitest";
import { anthropic, linesOf, messageRequest, startWorld, type World } from "./support.ts";

const authorised = { "x-api-key": "key-a", "anthropic-version": "2023-06-01" };
const TEN_KEYS = [
  "id",
  "type",
  "processing_status",
  "request_counts",
  "ended_at",
  "created_at",
  "expires_at",
  "archived_at",
  "cancel_initiated_at",
  "results_url",
];
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `q-${index}`);

async function call(world: World, path: string, init: RequestInit = {}) {
  const response = await fetch(`${world.sandbox.urls.anthropic}${path}`, { headers: authorised, ...init });
  // Test code: the shape is what the assertions check.
  return { response, body: (await response.json()) as Record<string, unknown> };
}

const create = (world: World, body: string) => call(world, "/v1/messages/batches", { method: "POST", body });

describe("a batch through the official client", () => {
  it("stays in_progress with everything in processing until it has ended", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const created = await client.messages.batches.create({
      requests: ids(30).map((id) => messageRequest(id)),
    });
    expect(Object.keys(created)).toEqual(TEN_KEYS);
    expect(created).toMatchObject({
      type: "message_batch",
      processing_status: "in_progress",
      results_url: null,
    });
    expect(created.id).toMatch(/^msgbatch_01[0-9A-Za-z]{22}$/);
    expect(created.created_at).toMatch(/^2026-11-22T12:00:00\.000\d{3}\+00:00$/);
    expect(Date.parse(created.expires_at) - Date.parse(created.created_at)).toBe(86_400_000);
    const processing = { processing: 30, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
    const seen = [created];
    for (let step = 0; step < 60; step++) {
      world.advance(0.05);
      seen.push(await client.messages.batches.retrieve(created.id));
    }
    const open = seen.filter((batch) => batch.processing_status === "in_progress");
    expect(open.length).toBeGreaterThan(3);
    for (const batch of open) expect(batch.request_counts).toEqual(processing);
    const ended = seen.at(-1);
    expect(ended?.processing_status).toBe("ended");
    const { succeeded = 0, errored = 0 } = ended?.request_counts ?? {};
    expect(ended?.request_counts).toMatchObject({ processing: 0, canceled: 0, expired: 0 });
    expect(succeeded + errored).toBe(30);
    expect(ended?.results_url).toBe(
      `${world.sandbox.urls.anthropic}/v1/messages/batches/${created.id}/results`,
    );
  });

  it("streams one line for every request, in another order", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const requests = ids(40).map((id, index) =>
      messageRequest(id, index === 3 ? "[[sandbox:fail]]" : `Prompt ${index}`),
    );
    const { id } = await client.messages.batches.create({ requests });
    world.advance(5);
    const seen: string[] = [];
    for await (const { custom_id: customId, result } of await client.messages.batches.results(id)) {
      seen.push(customId);
      if (result.type !== "succeeded") continue;
      expect(result.message.model).toBe("claude-haiku-4-5-20251001");
      expect(result.message.usage.service_tier).toBe("batch");
      const [block] = result.message.content;
      const text = block?.type === "text" ? block.text : "";
      expect(Math.ceil(text.length / 4)).toBe(result.message.usage.output_tokens);
      expect(result.message.stop_reason).toBe(
        result.message.usage.output_tokens < 200 ? "end_turn" : result.message.stop_reason,
      );
    }
    expect([...seen].sort()).toEqual(ids(40).sort());
    expect(seen).not.toEqual(ids(40));
  });

  it("reports bad parameters as errored lines, not when the batch is made", async () => {
    const world = await startWorld();
    const base = { model: "claude-haiku-4-5", max_tokens: 10, messages: [{ role: "user", content: "Hi" }] };
    const params: Record<string, object> = {
      "no-messages": { ...base, messages: undefined },
      "bad-model": { ...base, model: "claude-nope" },
      retired: { ...base, model: "claude-3-haiku-retired-error" },
      "too-many": { ...base, max_tokens: 64_001 },
      zero: { ...base, max_tokens: 0 },
      stream: { ...base, stream: true },
      sampling: { ...base, temperature: 1 },
    };
    const requests = Object.entries(params).map(([customId, value]) => ({
      custom_id: customId,
      params: value,
    }));
    const headers = { ...authorised, "anthropic-version": "2026-10-21" };
    const made = await call(world, "/v1/messages/batches", {
      method: "POST",
      headers,
      body: JSON.stringify({ requests }),
    });
    expect(made.response.status).toBe(200);
    world.advance(5);
    const url = `${world.sandbox.urls.anthropic}/v1/messages/batches/${String(made.body["id"])}/results`;
    const lines = linesOf(await (await fetch(url, { headers })).text()).map((line) => JSON.parse(line));
    const errors = Object.fromEntries(lines.map((line) => [line.custom_id, line.result.error.error]));
    const details = { error_visibility: "user_facing" };
    expect(errors["no-messages"]).toEqual({
      type: "invalid_request_error",
      message: "messages: Field required",
      details,
    });
    expect(errors["bad-model"]).toEqual({ type: "not_found_error", message: "model: claude-nope", details });
    expect(errors["retired"].type).toBe("not_found_error");
    for (const name of ["too-many", "zero", "stream", "sampling"])
      expect(errors[name].type).toBe("invalid_request_error");
    expect(lines.every((line) => line.result.type === "errored" && line.result.error.type === "error")).toBe(
      true,
    );
  });
});

describe("creation", () => {
  const item = (customId: unknown) => JSON.stringify({ custom_id: customId, params: { model: "m" } });
  it.each([
    ["{oops", "The request body is not valid JSON:"],
    ["{}", "requests: Field required"],
    ['{"requests":[]}', "requests: List should have at least 1 item after validation, not 0"],
    ['{"requests":[{"params":{}}]}', "requests.0.custom_id: Field required"],
    [
      `{"requests":[${item("a b")}]}`,
      "requests.0.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'",
    ],
    [
      `{"requests":[${item("x".repeat(65))}]}`,
      "requests.0.custom_id: String should have at most 64 characters",
    ],
    [
      `{"requests":[${item("a")},${item("a")}]}`,
      "requests: custom_id's must be unique within a batch. Duplicate custom_id found: a",
    ],
    [`{"requests":[${item("a")}`, "The request body is not valid JSON:"],
  ])("refuses %s", async (body, message) => {
    const world = await startWorld();
    const refused = await create(world, body);
    expect(refused.response.status).toBe(400);
    expect(refused.body).toMatchObject({ type: "error", error: { type: "invalid_request_error" } });
    expect((refused.body["error"] as { message: string }).message).toContain(message);
    expect(refused.body["request_id"]).toBe(refused.response.headers.get("request-id"));
  });

  it("reads an indented body and texts that look like JSON", async () => {
    const world = await startWorld();
    const tricky = 'quote " bracket ]} comma , backslash \\ newline \n end';
    const body = JSON.stringify(
      { requests: [messageRequest("t-1", tricky), messageRequest("t-2", "[1,2]")] },
      null,
      2,
    );
    const { response, body: batch } = await create(world, body);
    expect(response.status).toBe(200);
    expect(batch["request_counts"]).toMatchObject({ processing: 2 });
  });

  it.each([
    ["no version", { "x-api-key": "key-a" }, 400, "invalid_request_error"],
    ["no key", { "anthropic-version": "2023-06-01" }, 401, "authentication_error"],
    ["a wrong key", { ...authorised, "x-api-key": "invalid" }, 401, "authentication_error"],
  ])("refuses a call with %s", async (_name, headers, status, type) => {
    const world = await startWorld();
    const { response, body } = await call(world, "/v1/messages/batches", { headers });
    expect(response.status).toBe(status);
    expect(body).toMatchObject({ type: "error", error: { type } });
  });

  it("takes the key in either header and ignores the beta query", async () => {
    const world = await startWorld();
    const bearer = { authorization: "Bearer key-a", "anthropic-version": "2026-10-21" };
    const { response } = await call(world, "/v1/messages/batches?beta=true", { headers: bearer });
    expect(response.status).toBe(200);
    expect(response.headers.get("anthropic-ratelimit-requests-limit")).toBe("1000");
  });
});

describe("before, during and after the end", () => {
  it("has no results before the end, and says when to ask again", async () => {
    const world = await startWorld();
    const { body: batch } = await create(world, JSON.stringify({ requests: [messageRequest("e-1")] }));
    const path = `/v1/messages/batches/${String(batch["id"])}`;
    expect((await call(world, path)).response.headers.get("retry-after")).toBe("10");
    const early = await call(world, `${path}/results`);
    expect(early.response.status).toBe(404);
    expect(early.response.headers.get("x-should-retry")).toBe("false");
    expect(early.body).toMatchObject({
      error: { message: `Message Batch ${String(batch["id"])} has no available results.` },
    });
    world.advance(5);
    expect((await call(world, path)).response.headers.get("retry-after")).toBeNull();
  });

  it("cancels at once by word and later in deed", async () => {
    const world = await startWorld();
    await world.control("POST", "/batches", {
      provider: "anthropic",
      key: "key-a",
      state: "running",
      ageSeconds: 100,
      requests: 8,
      progress: 0.25,
    });
    const client = anthropic(world);
    const [running] = (await client.messages.batches.list()).data;
    const canceling = await client.messages.batches.cancel(running?.id ?? "");
    expect(canceling).toMatchObject({ processing_status: "canceling", ended_at: null });
    expect(canceling.cancel_initiated_at).not.toBeNull();
    expect(canceling.request_counts.processing).toBe(8);
    world.advance(601);
    const ended = await client.messages.batches.retrieve(running?.id ?? "");
    expect(ended.processing_status).toBe("ended");
    expect(ended.request_counts).toEqual({
      processing: 0,
      succeeded: 2,
      errored: 0,
      canceled: 6,
      expired: 0,
    });
    const types: string[] = [];
    for await (const line of await client.messages.batches.results(ended.id)) types.push(line.result.type);
    expect(types.filter((type) => type === "canceled")).toHaveLength(6);
  });

  it("expires what has not run after 24 hours", async () => {
    const world = await startWorld();
    await world.control("POST", "/batches", {
      provider: "anthropic",
      key: "key-a",
      state: "expired",
      ageSeconds: 100_000,
      requests: 4,
      progress: 0.5,
    });
    const [batch] = (await anthropic(world).messages.batches.list()).data;
    expect(batch?.request_counts).toEqual({
      processing: 0,
      succeeded: 2,
      errored: 0,
      canceled: 0,
      expired: 2,
    });
    expect(batch?.ended_at).toBe(batch?.expires_at);
  });

  it("deletes only what has ended", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const { id } = await client.messages.batches.create({ requests: [messageRequest("d-1")] });
    await expect(client.messages.batches.delete(id)).rejects.toMatchObject({ status: 400 });
    world.advance(5);
    expect(await client.messages.batches.delete(id)).toEqual({ id, type: "message_batch_deleted" });
    await expect(client.messages.batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it("keeps the batch but not its results after 29 days", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const { id } = await client.messages.batches.create({ requests: [messageRequest("o-1")] });
    world.advance(29 * 86_400);
    const batch = await client.messages.batches.retrieve(id);
    expect(batch.results_url).toBeNull();
    expect(batch.archived_at).not.toBeNull();
  });
});

describe("lists and models", () => {
  it("pages in both directions, newest first", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const made: string[] = [];
    for (let index = 0; index < 5; index++) {
      world.advance(1);
      made.unshift((await client.messages.batches.create({ requests: [messageRequest("l-1")] })).id);
    }
    const first = await call(world, "/v1/messages/batches?limit=2");
    expect(Object.keys(first.body).sort()).toEqual(["data", "first_id", "has_more", "last_id"]);
    expect(first.body).toMatchObject({ first_id: made[0], last_id: made[1], has_more: true });
    const back = await call(world, `/v1/messages/batches?limit=2&before_id=${made[4]}`);
    expect(back.body).toMatchObject({ first_id: made[2], last_id: made[3], has_more: true });
    const all: string[] = [];
    for await (const batch of client.messages.batches.list({ limit: 2 })) all.push(batch.id);
    expect(all).toEqual(made);
    const empty = await call(world, "/v1/messages/batches", {
      headers: { ...authorised, "x-api-key": "key-b" },
    });
    expect(empty.body).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
    expect((await call(world, "/v1/messages/batches?limit=1001")).response.status).toBe(400);
  });

  it("lists retired models only when asked, and resolves aliases", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const listed: string[] = [];
    for await (const model of client.models.list()) listed.push(model.id);
    expect(listed).toContain("claude-haiku-5-5");
    expect(listed).not.toContain("claude-3-haiku-20240307");
    const retired = (await client.models.list({ lifecycle: ["retired"] })).data;
    expect(retired).toContainEqual(
      expect.objectContaining({
        id: "claude-3-haiku-20240307",
        lifecycle: "retired",
        retires_at: "2026-04-20T00:00:00Z",
      }),
    );
    expect((await client.models.retrieve("claude-haiku-4-5")).id).toBe("claude-haiku-4-5-20251001");
  });

  it("counts tokens as it bills them", async () => {
    const world = await startWorld();
    const client = anthropic(world);
    const { params } = messageRequest("n-1", "How many tokens are in this sentence?");
    const counted = await client.messages.countTokens({ model: params.model, messages: params.messages });
    const { id } = await client.messages.batches.create({ requests: [{ custom_id: "n-1", params }] });
    world.advance(5);
    for await (const { result } of await client.messages.batches.results(id)) {
      expect(result.type === "succeeded" && result.message.usage.input_tokens).toBe(counted.input_tokens);
    }
  });
});
