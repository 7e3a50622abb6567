import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BatchJob, GoogleGenAI } from "@google/genai";
import { describe, expect, it } from "vitest";
import { google, linesOf, startWorld, type World } from "./support.ts";

const authorised = { "x-goog-api-key": "key-a" };
const MODEL = "gemini-2.5-flash-lite";

function line(key: string, text = "Say hello.", config: object = { maxOutputTokens: 200 }): string {
  return JSON.stringify({ key, request: { contents: [{ parts: [{ text }] }], generationConfig: config } });
}

async function upload(world: World, client: GoogleGenAI, content: string): Promise<string> {
  const path = join(world.stateDir, "input.txt");
  await writeFile(path, content);
  const file = await client.files.upload({ file: path, config: { mimeType: "application/jsonl" } });
  return file.name ?? "";
}

async function createBatch(world: World, client: GoogleGenAI, lines: readonly string[]): Promise<BatchJob> {
  return client.batches.create({ model: MODEL, src: await upload(world, client, lines.join("\n")) });
}

async function call(world: World, path: string, init: RequestInit = {}) {
  const response = await fetch(`${world.sandbox.urls.google}${path}`, { headers: authorised, ...init });
  // Test code: the shape is what the assertions check.
  return { response, body: (await response.json()) as Record<string, unknown> };
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `g-${index}`);

describe("a batch through the official client", () => {
  it("uploads in pieces through a base URL with a path", async () => {
    const world = await startWorld();
    const client = google(world);
    const content = Array.from({ length: 9_000 }, (_, index) => line(`u-${index}`, "x".repeat(1_000))).join(
      "\n",
    );
    expect(content.length).toBeGreaterThan(8_388_608);
    const name = await upload(world, client, content);
    const file = await client.files.get({ name });
    expect(file).toMatchObject({
      sizeBytes: String(Buffer.byteLength(content)),
      state: "ACTIVE",
      source: "UPLOADED",
    });
    expect(Buffer.from(file.sha256Hash ?? "", "base64").toString()).toMatch(/^[0-9a-f]{64}$/);
  });

  it("goes from pending over running to succeeded", async () => {
    const world = await startWorld();
    const client = google(world);
    const created = await createBatch(
      world,
      client,
      ids(20).map((id) => line(id)),
    );
    expect(created).toMatchObject({ state: "JOB_STATE_PENDING", model: `models/${MODEL}` });
    expect(created.name).toMatch(/^batches\/[a-z0-9]{36}$/);
    const states = new Set([created.state]);
    for (let step = 0; step < 60; step++) {
      world.advance(0.05);
      states.add((await client.batches.get({ name: created.name ?? "" })).state);
    }
    expect([...states]).toEqual(["JOB_STATE_PENDING", "JOB_STATE_RUNNING", "JOB_STATE_SUCCEEDED"]);
  });

  it("writes a result file with one line for every key", async () => {
    const world = await startWorld();
    const client = google(world);
    const lines = ids(30).map((id, index) => line(id, index === 5 ? "[[sandbox:fail]]" : `Prompt ${index}`));
    const created = await createBatch(world, client, lines);
    world.advance(5);
    const job = await client.batches.get({ name: created.name ?? "" });
    const path = join(world.stateDir, "output.txt");
    await client.files.download({ file: job.dest?.fileName ?? "", downloadPath: path });
    const results = linesOf(await readFile(path, "utf8")).map((text) => JSON.parse(text));
    expect(results.map((result) => result.key).sort()).toEqual(ids(30).sort());
    expect(results.map((result) => result.key)).not.toEqual(ids(30));
    expect(results.find((result) => result.key === "g-5").error.code).toBeGreaterThan(0);
    const good = results.filter((result) => result.response !== undefined);
    for (const { response } of good) {
      const usage = response.usageMetadata;
      expect(response.modelVersion).toBe(MODEL);
      expect(usage.totalTokenCount).toBe(usage.promptTokenCount + usage.candidatesTokenCount);
      expect(Math.ceil(response.candidates[0].content.parts[0].text.length / 4)).toBe(
        usage.candidatesTokenCount,
      );
    }
    const { body } = await call(world, `/v1/${created.name ?? ""}`);
    expect(body["metadata"]).toMatchObject({
      batchStats: {
        requestCount: "30",
        successfulRequestCount: String(good.length),
        failedRequestCount: String(30 - good.length),
      },
    });
  });

  it("answers inline requests inline, in their order, and not in lists", async () => {
    const world = await startWorld();
    const client = google(world);
    const src = ids(5).map((id) => ({
      contents: [{ role: "user", parts: [{ text: id }] }],
      metadata: { key: id },
    }));
    const created = await client.batches.create({ model: "gemini-2.5-flash", src });
    world.advance(5);
    const job = await client.batches.get({ name: created.name ?? "" });
    expect(job.dest?.inlinedResponses?.map((item) => item.metadata?.["key"])).toEqual(ids(5));
    const { body } = await call(world, "/v1beta/batches");
    expect(JSON.stringify(body)).not.toContain("inlinedResponses");
  });

  it("embeds", async () => {
    const world = await startWorld();
    const client = google(world);
    const created = await client.batches.createEmbeddings({
      model: "gemini-embedding-001",
      src: { inlinedRequests: { contents: ["a", "b"], config: { outputDimensionality: 4 } } },
    });
    world.advance(5);
    const job = await client.batches.get({ name: created.name ?? "" });
    expect(job.dest?.inlinedEmbedContentResponses).toHaveLength(2);
    const { body } = await call(world, `/v1/${created.name ?? ""}`);
    expect(body["metadata"]).toMatchObject({
      "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.EmbedContentBatch",
    });
  });
});

describe("the operation on the wire", () => {
  it("has no done, endTime or output until it ends, and the output twice after", async () => {
    const world = await startWorld();
    const created = await createBatch(world, google(world), [line("w-1")]);
    const before = await call(world, `/v1/${created.name ?? ""}`);
    expect(Object.keys(before.body)).toEqual(["name", "metadata"]);
    expect(Object.keys(before.body["metadata"] as object)).toEqual([
      "@type",
      "model",
      "inputConfig",
      "createTime",
      "updateTime",
      "batchStats",
      "state",
      "name",
    ]);
    expect(before.body["metadata"]).toMatchObject({
      state: "BATCH_STATE_PENDING",
      batchStats: { requestCount: "1", pendingRequestCount: "1" },
    });
    world.advance(5);
    const { body } = await call(world, `/v1/${created.name ?? ""}`);
    const responsesFile = `files/batch-${(created.name ?? "").slice(8)}`;
    expect(body).toMatchObject({
      done: true,
      metadata: { output: { responsesFile }, state: "BATCH_STATE_SUCCEEDED" },
      response: { responsesFile },
    });
    expect((body["metadata"] as { createTime: string }).createTime).toMatch(/^2026-11-22T12:00:00\.\d{9}Z$/);
  });

  it("gives result files only as downloads, under both paths", async () => {
    const world = await startWorld();
    const created = await createBatch(world, google(world), [line("x-1")]);
    world.advance(5);
    const file = `files/batch-${(created.name ?? "").slice(8)}`;
    const get = await call(world, `/v1beta/${file}`);
    expect(get.response.status).toBe(400);
    expect(JSON.stringify(get.body)).toContain("cannot be more than 40 characters");
    for (const path of [`/v1/${file}:download?alt=media`, `/download/v1beta/${file}:download?alt=media`]) {
      const response = await fetch(`${world.sandbox.urls.google}${path}`, { headers: authorised });
      expect(linesOf(await response.text())).toHaveLength(1);
    }
    const { body } = await call(world, "/v1/files");
    expect((body["files"] as { name: string }[]).map((entry) => entry.name)).not.toContain(file);
  });

  it("refuses a whole file for one bad line, and names the line", async () => {
    const world = await startWorld();
    const client = google(world);
    const bad = JSON.stringify({ key: "b", request: { contents: [], thinking_config: {} } });
    const name = await upload(world, client, [line("a"), bad, "{oops"].join("\n"));
    await expect(client.batches.create({ model: MODEL, src: name })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(
        /Error on line 2: .*no such field: 'thinking_config'.*Error on line 3: invalid JSON/s,
      ),
    });
    expect((await call(world, "/v1/batches")).body).toEqual({});
  });

  it("takes snake case as well", async () => {
    const world = await startWorld();
    const body = JSON.stringify({
      batch: {
        display_name: "snake",
        input_config: {
          requests: {
            requests: [{ request: { contents: [{ parts: [{ text: "x" }] }] }, metadata: { key: "1" } }],
          },
        },
      },
    });
    const path = `/v1beta/models/${MODEL}:batchGenerateContent`;
    const { body: operation } = await call(world, path, { method: "POST", body });
    expect(operation["metadata"]).toMatchObject({ displayName: "snake" });
  });

  it.each([
    ["POST", "/v1/models/gemini-nope:batchGenerateContent", 404, "NOT_FOUND"],
    ["POST", "/v1/models/gemini-embedding-001:batchGenerateContent", 404, "NOT_FOUND"],
    ["GET", "/v1/batches/nope", 404, "NOT_FOUND"],
    ["POST", "/v1/batches/nope:cancel", 404, "NOT_FOUND"],
    ["GET", "/v1/files/nope", 403, "PERMISSION_DENIED"],
    ["DELETE", "/v1/files/nope", 403, "PERMISSION_DENIED"],
    ["GET", "/v1/batches?pageToken=nope", 400, "INVALID_ARGUMENT"],
    ["GET", "/v9/batches", 404, "NOT_FOUND"],
  ])("%s %s is %i %s", async (method, path, code, status) => {
    const world = await startWorld();
    const body =
      method === "POST" ? JSON.stringify({ batch: { inputConfig: { fileName: "files/x" } } }) : null;
    const answer = await call(world, path, { method, body });
    expect(answer.response.status).toBe(code);
    expect(answer.body).toMatchObject({ error: { code, status } });
  });

  it("knows no 401: a wrong key is 400, no key 403", async () => {
    const world = await startWorld();
    const wrong = await call(world, "/v1/models", { headers: { "x-goog-api-key": "invalid" } });
    expect(wrong.response.status).toBe(400);
    expect(wrong.body).toMatchObject({
      error: { status: "INVALID_ARGUMENT", details: [{ reason: "API_KEY_INVALID" }, {}] },
    });
    expect((await call(world, "/v1/models", { headers: {} })).response.status).toBe(403);
    expect((await call(world, "/v1/models?key=key-a", { headers: {} })).response.status).toBe(200);
  });

  it("pages without a token on the last page", async () => {
    const world = await startWorld();
    const client = google(world);
    for (let index = 0; index < 3; index++) {
      world.advance(1);
      await createBatch(world, client, [line("p-1")]);
    }
    const first = await call(world, "/v1/batches?pageSize=2");
    expect(first.body["operations"]).toHaveLength(2);
    const last = await call(world, `/v1/batches?pageSize=2&pageToken=${String(first.body["nextPageToken"])}`);
    expect(Object.keys(last.body)).toEqual(["operations"]);
    const all: (string | undefined)[] = [];
    for await (const job of await client.batches.list({ config: { pageSize: 1 } })) all.push(job.name);
    expect(new Set(all).size).toBe(3);
  });
});

describe("cancel, delete, expire", () => {
  it("cancels what has not started with an error and all requests pending", async () => {
    const world = await startWorld();
    const client = google(world);
    const created = await createBatch(
      world,
      client,
      ids(4).map((id) => line(id)),
    );
    await client.batches.cancel({ name: created.name ?? "" });
    expect((await client.batches.get({ name: created.name ?? "" })).state).toBe("JOB_STATE_PENDING");
    world.advance(5);
    const { body } = await call(world, `/v1/${created.name ?? ""}`);
    expect(body).toMatchObject({
      done: true,
      error: { code: 13 },
      metadata: {
        state: "BATCH_STATE_CANCELLED",
        batchStats: { requestCount: "4", pendingRequestCount: "4" },
      },
    });
    expect(body).not.toHaveProperty("response");
  });

  it("keeps what was done when cancelled halfway", async () => {
    const world = await startWorld();
    const request = {
      provider: "google",
      key: "key-a",
      state: "cancelled",
      ageSeconds: 900,
      requests: 8,
      progress: 0.5,
    };
    const { id } = (await (await world.control("POST", "/batches", request)).json()) as { id: string };
    const { body } = await call(world, `/v1/${id}`);
    expect(body["metadata"]).toMatchObject({
      state: "BATCH_STATE_CANCELLED",
      batchStats: { requestCount: "8", successfulRequestCount: "4", pendingRequestCount: "4" },
    });
    const { responsesFile } = (body["metadata"] as { output: { responsesFile: string } }).output;
    const download = await fetch(`${world.sandbox.urls.google}/v1/${responsesFile}:download?alt=media`, {
      headers: authorised,
    });
    expect(linesOf(await download.text())).toHaveLength(4);
  });

  it("deletes a batch and its results", async () => {
    const world = await startWorld();
    const client = google(world);
    const created = await createBatch(world, client, [line("d-1")]);
    world.advance(5);
    const job = await client.batches.get({ name: created.name ?? "" });
    await client.batches.delete({ name: job.name ?? "" });
    await expect(client.batches.get({ name: job.name ?? "" })).rejects.toMatchObject({ status: 404 });
    const path = `/v1/${job.dest?.fileName ?? ""}:download?alt=media`;
    expect((await call(world, path)).response.status).toBe(404);
  });

  it("expires after 48 hours without results, and fails with a code", async () => {
    const world = await startWorld();
    const common = { provider: "google", key: "key-a", requests: 4 };
    await world.control("POST", "/batches", { ...common, state: "expired", ageSeconds: 180_000 });
    await world.control("POST", "/batches", { ...common, state: "failed", ageSeconds: 600 });
    const { body } = await call(world, "/v1/batches");
    const [failed, expired] = body["operations"] as Record<string, Record<string, unknown>>[];
    expect(failed).toMatchObject({ done: true, metadata: { state: "BATCH_STATE_FAILED" } });
    expect([8, 13]).toContain(failed?.["error"]?.["code"]);
    expect(expired).toMatchObject({ done: true, metadata: { state: "BATCH_STATE_EXPIRED" } });
    expect(expired?.["metadata"]).not.toHaveProperty("output");
  });

  it("forgets uploaded files after 48 hours", async () => {
    const world = await startWorld();
    const client = google(world);
    const name = await upload(world, client, line("f-1"));
    world.advance(48 * 3_600);
    await expect(client.files.get({ name })).rejects.toMatchObject({ status: 403 });
  });
});
