import { toFile } from "openai";
import { describe, expect, it } from "vitest";
import { chatLine, createOpenAiBatch, openAi, startWorld, type World } from "./support.ts";

const authorised = { authorization: "Bearer key-a" };

async function get(world: World, path: string, headers: Record<string, string> = authorised) {
  const response = await fetch(`${world.sandbox.urls.openai}${path}`, { headers });
  // Test code: the shape is what the assertions check.
  return { response, body: (await response.json()) as Record<string, unknown> };
}

describe("what the client hides", () => {
  it("always sends every key of a batch", async () => {
    const world = await startWorld();
    const { id } = await createOpenAiBatch(openAi(world), [chatLine("w-1")]);
    const { body, response } = await get(world, `/batches/${id}`);
    expect(Object.keys(body)).toEqual([
      "id",
      "object",
      "endpoint",
      "model",
      "errors",
      "input_file_id",
      "completion_window",
      "status",
      "output_file_id",
      "error_file_id",
      "created_at",
      "in_progress_at",
      "expires_at",
      "finalizing_at",
      "completed_at",
      "failed_at",
      "expired_at",
      "cancelling_at",
      "cancelled_at",
      "request_counts",
      "usage",
      "metadata",
    ]);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("openai-version")).toBe("2020-10-01");
    expect(response.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
  });

  it("pages through batches, newest first", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const created: string[] = [];
    for (let index = 0; index < 5; index++) {
      world.advance(1);
      created.unshift((await createOpenAiBatch(client, [chatLine("p-1")])).id);
    }
    const first = await get(world, "/batches?limit=2");
    expect(first.body).toMatchObject({
      object: "list",
      first_id: created[0],
      last_id: created[1],
      has_more: true,
    });
    const last = await get(world, `/batches?limit=3&after=${created[1]}`);
    expect(last.body).toMatchObject({ first_id: created[2], last_id: created[4], has_more: false });
    const all: string[] = [];
    for await (const batch of client.batches.list({ limit: 2 })) all.push(batch.id);
    expect(all).toEqual(created);
  });

  it.each([
    ["/batches?limit=101", 400, "integer_above_max_value", "limit"],
    ["/batches?limit=-1", 400, "integer_below_min_value", "limit"],
    ["/batches/nope", 400, "invalid_value", "batch_id"],
    ["/batches/batch_nope", 404, null, null],
    ["/files/file-nope", 404, null, "id"],
    ["/models/gpt-nope", 404, "model_not_found", "model"],
    ["/nowhere", 404, "unknown_url", null],
  ])("answers %s with %i in its envelope", async (path, status, code, param) => {
    const world = await startWorld();
    const { response, body } = await get(world, path);
    expect(response.status).toBe(status);
    expect(body["error"]).toMatchObject({ type: "invalid_request_error", code, param });
  });

  it("tells a missing key from a wrong one", async () => {
    const world = await startWorld();
    const missing = await get(world, "/models", {});
    expect(missing.response.status).toBe(401);
    expect(missing.body).toMatchObject({
      error: { message: "Missing bearer or basic authentication in header", code: null },
    });
    const wrong = await get(world, "/models", { authorization: "Bearer invalid" });
    expect(wrong.response.status).toBe(401);
    expect(wrong.body).toMatchObject({ error: { code: "invalid_api_key" } });
  });

  it("keeps accounts apart", async () => {
    const world = await startWorld();
    const { id } = await createOpenAiBatch(openAi(world, "key-a"), [chatLine("s-1")]);
    const other = openAi(world, "key-b");
    expect((await other.batches.list()).data).toEqual([]);
    await expect(other.batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it("lists models with their shutdown date", async () => {
    const world = await startWorld();
    const { body } = await get(world, "/models");
    expect(Object.keys(body)).toEqual(["object", "data"]);
    expect(body["data"]).toContainEqual(
      expect.objectContaining({ id: "gpt-4o-mini", shutdown_date: "2027-01-14" }),
    );
  });

  it("takes uploads whose purpose comes first or last, and in pieces of any size", async () => {
    const world = await startWorld();
    const boundary = "-----x";
    const part = (name: string, extra: string, content: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n${content}\r\n`;
    const content = `${chatLine("m-1", "a line with \\r\\n-- inside")}\n`;
    const file = part("file", '; filename="m.jsonl"', content);
    const purpose = part("purpose", "", "batch");
    for (const form of [file + purpose, purpose + file]) {
      const bytes = Buffer.from(`${form}--${boundary}--\r\n`);
      const pieces = new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.subarray(at, at + 7));
          controller.close();
        },
      });
      const request: RequestInit & { duplex: "half" } = {
        method: "POST",
        headers: { ...authorised, "content-type": `multipart/form-data; boundary=${boundary}` },
        body: pieces,
        duplex: "half",
      };
      const response = await fetch(`${world.sandbox.urls.openai}/files`, request);
      expect(response.status).toBe(200);
      const { id } = (await response.json()) as { id: string };
      expect(await (await openAi(world).files.content(id)).text()).toBe(content);
    }
  });

  it("deletes files and tells so", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const file = await client.files.create({
      file: await toFile(Buffer.from(chatLine("d-1")), "d.jsonl"),
      purpose: "batch",
    });
    expect(await client.files.delete(file.id)).toEqual({ id: file.id, object: "file", deleted: true });
    await expect(client.files.retrieve(file.id)).rejects.toMatchObject({ status: 404 });
  });
});
