import { describe, expect, it } from "vitest";
import { chatLine, createOpenAiBatch, openAi, startWorld } from "./support.ts";

const authorised = { authorization: "Bearer key-a" };

describe("validation", () => {
  const good = chatLine("v-1");
  const cases: [name: string, lines: string[], problem: Record<string, unknown>][] = [
    ["a line that is no JSON", [good, "{oops"], { code: "invalid_json_line", param: null, line: 2 }],
    [
      "no custom_id",
      [good.replace('"custom_id":"v-1",', "")],
      { code: "missing_required_parameter", param: "custom_id", line: 1 },
    ],
    [
      "no method",
      [good.replace('"method":"POST",', "")],
      { message: "Missing required parameter: 'method'." },
    ],
    [
      "another URL",
      [good.replace("/v1/chat/completions", "/v1/responses")],
      { code: "invalid_url", param: "url" },
    ],
    [
      "no model",
      [chatLine("v-1", "x", { model: undefined })],
      { code: "invalid_request", param: "body.model" },
    ],
    [
      "an unknown model",
      [chatLine("v-1", "x", { model: "gpt-retired-error" })],
      { code: "model_not_found", param: "body.model" },
    ],
    [
      "two models",
      [good, chatLine("v-2", "x", { model: "gpt-6-luna" })],
      { code: "mismatched_model", line: 2 },
    ],
    [
      "streaming",
      [chatLine("v-1", "x", { stream: true })],
      { code: "streaming_unsupported", param: "body.stream" },
    ],
    [
      "no messages",
      [chatLine("v-1", "x", { messages: undefined })],
      { code: "missing_required_parameter", param: "body.messages" },
    ],
    ["a custom_id twice", [good, good], { code: "duplicate_custom_id", line: 2 }],
  ];

  it.each(cases)("fails the batch for %s", async (_name, lines, problem) => {
    const world = await startWorld();
    const client = openAi(world);
    // A bad first line would already be refused at upload, so that case has a good one before it.
    const created = await createOpenAiBatch(client, lines);
    expect(created.status).toBe("validating");
    world.advance(5);
    const batch = await client.batches.retrieve(created.id);
    expect(batch).toMatchObject({ status: "failed", in_progress_at: null, output_file_id: null });
    expect(batch.failed_at).not.toBeNull();
    expect(batch.request_counts).toEqual({ total: 0, completed: 0, failed: 0 });
    expect(batch.errors?.object).toBe("list");
    expect(batch.errors?.data?.[0]).toMatchObject(problem);
  });

  it("accepts an unknown input file at creation and fails afterwards", async () => {
    const world = await startWorld();
    const client = openAi(world);
    const created = await client.batches.create({
      input_file_id: "file-none",
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    world.advance(5);
    const batch = await client.batches.retrieve(created.id);
    expect(batch.status).toBe("failed");
    expect(batch.errors?.data?.[0]?.message).toContain("Cannot find file file-none");
  });

  it.each([
    ["a text file", "x.txt", chatLine("u-1")],
    ["an empty file", "x.jsonl", ""],
    ["a first line that is no JSON", "x.jsonl", "hello\n"],
  ])("refuses %s at upload", async (_name, filename, content) => {
    const world = await startWorld();
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new File([content], filename));
    const url = `${world.sandbox.urls.openai}/files`;
    const response = await fetch(url, { method: "POST", headers: authorised, body: form });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { message: "Invalid file format for Batch API. Must be .jsonl", param: null, code: null },
      detail: {},
    });
  });

  it.each([
    [{}, "missing_required_parameter", "input_file_id"],
    [{ input_file_id: "file-1", endpoint: "/v1/x", completion_window: "24h" }, "invalid_value", "endpoint"],
    [
      { input_file_id: "file-1", endpoint: "/v1/responses", completion_window: "1h" },
      "invalid_value",
      "completion_window",
    ],
    [
      {
        input_file_id: "file-1",
        endpoint: "/v1/responses",
        completion_window: "24h",
        metadata: { tags: [] },
      },
      "invalid_type",
      "metadata.tags",
    ],
    [
      {
        input_file_id: "file-1",
        endpoint: "/v1/responses",
        completion_window: "24h",
        output_expires_after: "x",
      },
      "invalid_type",
      "output_expires_after",
    ],
  ])("refuses the create body %j", async (body, code, param) => {
    const world = await startWorld();
    const response = await fetch(`${world.sandbox.urls.openai}/batches`, {
      method: "POST",
      headers: authorised,
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", code, param } });
  });
});
