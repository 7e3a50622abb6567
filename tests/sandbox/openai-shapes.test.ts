import { toFile, type OpenAI } from "openai";
import { describe, expect, it } from "vitest";
import { chatLine, createOpenAiBatch, linesOf, openAi, startWorld, type World } from "./support.ts";

const headers = { authorization: "Bearer key-a" };

async function runBatch(world: World, endpoint: OpenAI.BatchCreateParams["endpoint"], bodies: object[]) {
  const client = openAi(world);
  const lines = bodies.map((body, index) =>
    JSON.stringify({ custom_id: `s-${index}`, method: "POST", url: endpoint, body }),
  );
  const file = await client.files.create({
    file: await toFile(Buffer.from(lines.join("\n")), "in.jsonl"),
    purpose: "batch",
  });
  const { id } = await client.batches.create({
    input_file_id: file.id,
    endpoint,
    completion_window: "24h",
  });
  world.advance(5);
  const batch = await client.batches.retrieve(id);
  if (batch.output_file_id == null) return { batch, text: "" };
  return { batch, text: await (await client.files.content(batch.output_file_id)).text() };
}

describe("ids", () => {
  it("of batches, files, lines and answers have the shapes of the API", async () => {
    const world = await startWorld();
    const chat = { model: "gpt-4o-mini", messages: [{ role: "user", content: "Hi" }] };
    const { batch, text } = await runBatch(world, "/v1/chat/completions", [chat]);
    expect(batch.id).toMatch(/^batch_[0-9a-f]{12}8190[0-9a-f]{16}$/);
    expect(batch.input_file_id).toMatch(/^file-[1-9A-HJ-NP-Za-km-z]{22}$/);
    const line = JSON.parse(text);
    expect(line.id).toMatch(/^batch_req_[0-9a-f]{12}8190[0-9a-f]{16}$/);
    expect(line.id.slice(10, 18)).toBe(batch.finalizing_at?.toString(16));
    expect(line.response.request_id).toMatch(/^[0-9a-f]{32}$/);
  });

  it("of a response and its parts begin alike", async () => {
    const world = await startWorld();
    const request = { model: "gpt-6-luna", input: "Hi" };
    const { text } = await runBatch(world, "/v1/responses", [request]);
    const { request_id: requestId, body } = JSON.parse(text).response;
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(body.id).toMatch(/^resp_[0-9a-f]{16}01[0-9a-f]{32}$/);
    for (const item of body.output) expect(item.id.split("_")[1].slice(0, 18)).toBe(body.id.slice(5, 23));
    expect(new Set(body.output.map((item: { id: string }) => item.id.split("_")[1])).size).toBe(2);
  });
});

describe("lines of results", () => {
  it("are spaced and escaped as Python writes JSON", async () => {
    const world = await startWorld();
    const chat = { model: "gpt-4o-mini", messages: [{ role: "user", content: 'Grüße "日本" 😀, [1,\n2]' }] };
    const { text } = await runBatch(world, "/v1/chat/completions", [chat]);
    expect(text).toMatch(/^\{"id": "batch_req_\w+", "custom_id": "s-0", "response": \{"status_code": 200, /);
    expect(text).toContain(String.raw`Gr\u00fc\u00dfe \"\u65e5\u672c\" \ud83d\ude00, [1, 2]`);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(linesOf(text)).toHaveLength(1);
    expect(JSON.parse(text).response.body.choices[0].message.content).toContain('Grüße "日本" 😀');
  });

  it("hold embeddings with their index last", async () => {
    const world = await startWorld();
    const request = { model: "text-embedding-3-small", input: "a", dimensions: 3 };
    const { text } = await runBatch(world, "/v1/embeddings", [request]);
    expect(Object.keys(JSON.parse(text).response.body.data[0])).toEqual(["object", "embedding", "index"]);
  });

  it.each(["/v1/images/generations", "/v1/images/edits"] as const)("hold images of %s", async (endpoint) => {
    const world = await startWorld();
    const request = { model: "gpt-image-1-mini", prompt: "A lighthouse", n: 2, images: [{ file_id: "x" }] };
    const { batch, text } = await runBatch(world, endpoint, [request]);
    const { body } = JSON.parse(text).response;
    expect(body.data).toHaveLength(2);
    expect(Buffer.from(body.data[0].b64_json, "base64").subarray(1, 4).toString()).toBe("PNG");
    expect(body.usage.total_tokens).toBe(body.usage.input_tokens + body.usage.output_tokens);
    expect(batch.usage?.total_tokens).toBe(body.usage.total_tokens);
  });

  it("knows the endpoint for videos, and no model for it any more", async () => {
    const world = await startWorld();
    const { batch } = await runBatch(world, "/v1/videos", [{ model: "sora-2", prompt: "Waves" }]);
    expect(batch.errors?.data?.[0]).toMatchObject({ code: "model_not_found" });
  });
});

describe("answers outside results", () => {
  it("to a cancel call are on one line, others are indented", async () => {
    const world = await startWorld();
    const { id } = await createOpenAiBatch(openAi(world), [chatLine("c-1")]);
    const url = `${world.sandbox.urls.openai}/batches/${id}`;
    expect(await (await fetch(url, { headers })).text()).toMatch(/^\{\n {2}"id": "/);
    const cancelled = await (await fetch(`${url}/cancel`, { method: "POST", headers })).text();
    expect(cancelled).toMatch(/^\{"id":"batch_\w+","object":"batch",.*\}$/);
  });

  it("to an unknown path name it", async () => {
    const world = await startWorld();
    const response = await fetch(`${world.sandbox.urls.openai}/nowhere`, { headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { message: "Invalid URL (GET /v1/nowhere)", code: "unknown_url" },
    });
  });

  it("find a byte order mark only when the batch is validated", async () => {
    const world = await startWorld();
    const created = await createOpenAiBatch(openAi(world), [`\uFEFF${chatLine("b-1")}`, chatLine("b-2")]);
    world.advance(5);
    const batch = await openAi(world).batches.retrieve(created.id);
    expect(batch.status).toBe("failed");
    expect(batch.errors?.data).toEqual([
      {
        code: "invalid_json_line",
        message: "This line is not parseable as valid JSON.",
        param: null,
        line: 1,
      },
    ]);
  });
});
