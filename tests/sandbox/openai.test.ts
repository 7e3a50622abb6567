import { type OpenAI, toFile } from "openai";
import { describe, expect, it } from "vitest";
import { chatLine, createOpenAiBatch, linesOf, openAi, startWorld } from "./support.ts";

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `r-${index}`);

describe("a batch through the official client", () => {
  it("goes through its states with the right timestamps and counts", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const created = await createOpenAiBatch(
      client,
      ids(40).map((id) => chatLine(id)),
    );
    expect(created).toMatchObject({ status: "validating", model: null, errors: null, metadata: null });
    expect(created.request_counts).toEqual({ total: 0, completed: 0, failed: 0 });
    expect(created.expires_at).toBe(created.created_at + 86_400);
    expect(created.id.slice(6, 14)).toBe(created.created_at.toString(16));

    const seen: OpenAI.Batch[] = [];
    for (let step = 0; step < 60; step++) {
      world.advance(0.05);
      seen.push(await client.batches.retrieve(created.id));
    }
    const order = [...new Set(seen.map((batch) => batch.status))];
    expect(order).toEqual(["validating", "in_progress", "finalizing", "completed"]);
    const done = seen.map(({ request_counts: counts }) => (counts?.completed ?? 0) + (counts?.failed ?? 0));
    expect(new Set(done).size).toBeGreaterThan(5);
    expect([...done].sort((left, right) => left - right)).toEqual(done);
    const last = seen.at(-1);
    expect(last?.model).toBe("gpt-4o-mini-2024-07-18");
    expect(last?.in_progress_at).toBeGreaterThanOrEqual(created.created_at);
    expect(last?.finalizing_at).toBeGreaterThanOrEqual(last?.in_progress_at ?? Infinity);
    expect(last?.completed_at).toBeGreaterThanOrEqual(last?.finalizing_at ?? Infinity);
    expect(last).toMatchObject({
      failed_at: null,
      expired_at: null,
      cancelling_at: null,
      cancelled_at: null,
    });
  });

  it("gives every request one line, in another order, with usage that adds up", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const lines = ids(60).map((id, index) =>
      chatLine(id, index === 7 ? "x [[sandbox:fail]]" : `Prompt ${index}`),
    );
    const { id } = await createOpenAiBatch(client, lines);
    world.advance(5);
    const batch = await client.batches.retrieve(id);
    const output = await (await client.files.content(batch.output_file_id ?? "")).text();
    const errors = await (await client.files.content(batch.error_file_id ?? "")).text();
    const good = linesOf(output).map((line) => JSON.parse(line));
    const bad = linesOf(errors).map((line) => JSON.parse(line));
    expect(output.endsWith("\n")).toBe(true);
    expect([...good, ...bad].map((line) => line.custom_id).sort()).toEqual(ids(60).sort());
    expect(good.map((line) => line.custom_id)).not.toEqual(
      ids(60).filter((name) => !bad.some((line) => line.custom_id === name)),
    );
    expect(bad.map((line) => line.custom_id)).toContain("r-7");
    for (const line of bad) {
      expect(line.error).toBeNull();
      expect(line.response.status_code).toBeGreaterThanOrEqual(400);
      expect(Object.keys(line.response.body.error)).toEqual(["message", "type", "param", "code"]);
    }
    expect(batch.request_counts).toEqual({ total: 60, completed: good.length, failed: bad.length });
    const sum = good.reduce((total, line) => total + line.response.body.usage.total_tokens, 0);
    expect(batch.usage?.total_tokens).toBe(sum);
    for (const line of good) {
      const { message, finish_reason: reason } = line.response.body.choices[0];
      expect(line.response.body.usage.completion_tokens).toBeLessThanOrEqual(200);
      expect(Math.ceil(message.content.length / 4)).toBe(line.response.body.usage.completion_tokens);
      expect(reason).toBe(line.response.body.usage.completion_tokens === 200 ? reason : "stop");
    }
    const file = await client.files.retrieve(batch.output_file_id ?? "");
    expect(file.bytes).toBe(Buffer.byteLength(output));
  });

  it("answers with HTML and with a wanted length when a prompt asks for it", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const { id } = await createOpenAiBatch(client, [
      chatLine("a-html", "[[sandbox:html]]"),
      chatLine("a-long", "[[sandbox:tokens=5000]]", { max_tokens: 10_000 }),
    ]);
    world.advance(5);
    const batch = await client.batches.retrieve(id);
    const output = await (await client.files.content(batch.output_file_id ?? "")).text();
    expect(output).toContain("<script>");
    const long = linesOf(output)
      .map((line) => JSON.parse(line))
      .find((line) => line.custom_id === "a-long");
    expect(long.response.body.usage.completion_tokens).toBe(5_000);
  });

  it("completes although every request has failed, without an output file", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const { id } = await createOpenAiBatch(
      client,
      ids(4).map((name) => chatLine(name, "[[sandbox:fail]]")),
    );
    world.advance(5);
    const batch = await client.batches.retrieve(id);
    expect(batch).toMatchObject({ status: "completed", output_file_id: null });
    expect(batch.request_counts).toEqual({ total: 4, completed: 0, failed: 4 });
    expect(linesOf(await (await client.files.content(batch.error_file_id ?? "")).text())).toHaveLength(4);
  });

  it("serves the other endpoints: responses, embeddings, moderations", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const line = (url: string, body: object) =>
      JSON.stringify({ custom_id: "b-1", method: "POST", url, body });
    const run = async (endpoint: "/v1/responses" | "/v1/embeddings" | "/v1/moderations", body: object) => {
      const file = await client.files.create({
        file: await toFile(Buffer.from(line(endpoint, body)), "in.jsonl"),
        purpose: "batch",
      });
      const { id } = await client.batches.create({
        input_file_id: file.id,
        endpoint,
        completion_window: "24h",
      });
      world.advance(5);
      const batch = await client.batches.retrieve(id);
      const text = await (await client.files.content(batch.output_file_id ?? "")).text();
      return JSON.parse(text).response.body;
    };
    const answer = await run("/v1/responses", { model: "gpt-6-luna", input: "Hi", max_output_tokens: 2_000 });
    expect(answer).toMatchObject({ object: "response", model: "gpt-6-luna" });
    expect(answer.output.map((item: { type: string }) => item.type)).toEqual(["reasoning", "message"]);
    expect(answer.usage.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
    const vectors = await run("/v1/embeddings", {
      model: "text-embedding-3-small",
      input: ["a", "b"],
      dimensions: 8,
    });
    expect(vectors.data[1].embedding).toHaveLength(8);
    expect(vectors.usage).not.toHaveProperty("completion_tokens");
    const verdict = await run("/v1/moderations", { model: "omni-moderation-latest", input: "hello" });
    expect(verdict.results[0].flagged).toBe(false);
  });
});

describe("cancel and expiry", () => {
  it("cancels after a while and keeps what was done", async () => {
    const world = await startWorld();
    await world.control("POST", "/batches", {
      provider: "openai",
      key: "key-a",
      state: "running",
      ageSeconds: 60,
      requests: 10,
      progress: 0.5,
    });
    const client = openAi(world);
    const [running] = (await client.batches.list()).data;
    expect(running?.request_counts).toEqual({ total: 10, completed: 5, failed: 0 });
    const cancelling = await client.batches.cancel(running?.id ?? "");
    expect(cancelling).toMatchObject({ status: "cancelling", cancelled_at: null, output_file_id: null });
    expect(cancelling.cancelling_at).toBe(Math.floor(world.now() / 1_000));
    world.advance(601);
    const cancelled = await client.batches.cancel(running?.id ?? "");
    expect(cancelled.status).toBe("cancelled");
    expect(cancelled.request_counts).toEqual({ total: 10, completed: 5, failed: 0 });
    expect(linesOf(await (await client.files.content(cancelled.output_file_id ?? "")).text())).toHaveLength(
      5,
    );
    const unserved = linesOf(await (await client.files.content(cancelled.error_file_id ?? "")).text());
    expect(unserved.map((line) => JSON.parse(line).error.code)).toEqual(Array(5).fill("batch_cancelled"));
  });

  it("refuses to cancel a completed batch", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const { id } = await createOpenAiBatch(client, [chatLine("c-1")]);
    world.advance(5);
    await expect(client.batches.cancel(id)).rejects.toMatchObject({
      status: 409,
      message: "409 Cannot cancel a batch with status 'completed'.",
    });
  });

  it("expires after 24 hours with the results that there are", async () => {
    const world = await startWorld();
    await world.control("POST", "/batches", {
      provider: "openai",
      key: "key-a",
      state: "expired",
      ageSeconds: 90_000,
      requests: 10,
      progress: 0.3,
    });
    const client = openAi(world);
    const [batch] = (await client.batches.list()).data;
    expect(batch?.status).toBe("expired");
    expect(batch?.expired_at).toBe(batch?.expires_at);
    expect(batch?.request_counts).toEqual({ total: 10, completed: 3, failed: 0 });
    const errors = await (await client.files.content(batch?.error_file_id ?? "")).text();
    expect(JSON.parse(linesOf(errors)[0] ?? "").error.code).toBe("batch_expired");
  });

  it("drops result files 30 days after the end, and keeps the batch", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const { id } = await createOpenAiBatch(client, [chatLine("k-1"), chatLine("k-2")]);
    world.advance(31 * 86_400);
    const batch = await client.batches.retrieve(id);
    expect(batch.status).toBe("completed");
    await expect(client.files.content(batch.output_file_id ?? "")).rejects.toMatchObject({
      status: 404,
      param: "id",
    });
  });
});
