import { describe, expect, it } from "vitest";
import { readOpenAiResultLine } from "#lib/providers/openai/result-line.ts";
import { readFixtureLines } from "../support.ts";

async function lineOf(customId: string): Promise<string> {
  const lines = await readFixtureLines("openai/output.jsonl");
  const line = lines.find((candidate) => candidate.includes(`"custom_id":"${customId}"`));
  if (!line) throw new Error(`The fixture has no line ${customId}.`);
  return line;
}

const nothing = { text: null, finishReason: null, refusal: null, usage: null };

describe("an OpenAI result line", () => {
  it("of a chat completion", async () => {
    expect(readOpenAiResultLine(await lineOf("r-0"))).toEqual({
      customId: "r-0",
      outcome: "succeeded",
      text: "Rain falls on the plain.",
      finishReason: "stop",
      refusal: null,
      usage: { inputTokens: 12, outputTokens: 6, totalTokens: 18, cachedTokens: 4, reasoningTokens: 2 },
      error: null,
    });
  });

  it("of a response that was cut at the token limit, behind a reasoning item", async () => {
    expect(readOpenAiResultLine(await lineOf("r-1"))).toMatchObject({
      outcome: "succeeded",
      text: "Half an answer",
      finishReason: "max_output_tokens",
      usage: { inputTokens: 9, outputTokens: 30, totalTokens: 39, reasoningTokens: 25 },
    });
  });

  it("that failed over HTTP although its own error is null", async () => {
    expect(readOpenAiResultLine(await lineOf("r-2"))).toEqual({
      ...nothing,
      customId: "r-2",
      outcome: "failed",
      error: {
        code: "context_length_exceeded",
        message: "This model's maximum context length is exceeded.",
      },
    });
  });

  it.each([
    ["r-3", "expired", "batch_expired"],
    ["r-4", "cancelled", "batch_cancelled"],
  ])("%s that never ran is %s", async (customId, outcome, code) => {
    expect(readOpenAiResultLine(await lineOf(customId))).toMatchObject({ outcome, error: { code } });
  });

  it("with status 0, or with 200 and an empty body, is a failure", async () => {
    expect(readOpenAiResultLine(await lineOf("r-5"))).toMatchObject({
      outcome: "failed",
      error: { message: "The request failed with HTTP status 0." },
    });
    expect(readOpenAiResultLine(await lineOf("r-6"))).toMatchObject({
      outcome: "failed",
      error: { message: "The answer has no content." },
    });
  });

  it("of an embedding has tokens and no text", async () => {
    expect(readOpenAiResultLine(await lineOf("r-7"))).toMatchObject({
      outcome: "succeeded",
      text: null,
      usage: { inputTokens: 13, outputTokens: null, totalTokens: 13 },
    });
  });

  it("keeps the model's refusal apart from its text", async () => {
    expect(readOpenAiResultLine(await lineOf("r-8"))).toMatchObject({
      outcome: "succeeded",
      text: null,
      refusal: "I cannot help with that.",
    });
  });

  const answered = (body: unknown, status_code = 200) =>
    readOpenAiResultLine(JSON.stringify({ custom_id: "r", response: { status_code, body }, error: null }));

  it.each([
    ["failed", { code: "server_error", message: "It broke." }],
    ["cancelled", { code: null, message: "The response ended as cancelled." }],
  ])("of a response that ended as %s is no success although its HTTP status is 200", (status, error) => {
    const body = { status, output: [], error: status === "failed" ? error : null };
    expect(answered(body)).toMatchObject({ customId: "r", outcome: status, text: null, error });
  });

  it("of an old completion has its text beside the message", () => {
    const body = { choices: [{ text: "once", finish_reason: "length" }], usage: { prompt_tokens: 1 } };
    expect(answered(body)).toMatchObject({ outcome: "succeeded", text: "once", finishReason: "length" });
  });

  it.each(["stop", "length", "content_filter", "tool_calls", "a_new_word"])(
    "keeps the finish reason %s verbatim",
    (finish_reason) => {
      const body = { choices: [{ finish_reason, message: { content: null } }] };
      expect(answered(body)).toMatchObject({ outcome: "succeeded", finishReason: finish_reason, text: null });
    },
  );

  it("with content in parts joins their texts", () => {
    const content = [{ type: "text", text: "a" }, { type: "refusal" }, { type: "text", text: "b" }];
    expect(answered({ choices: [{ message: { content } }] }).text).toBe("ab");
  });

  it("of a response with a refusal keeps it apart", () => {
    const output = [{ type: "message", content: [{ type: "refusal", refusal: "No." }] }];
    expect(answered({ status: "completed", output })).toMatchObject({ text: null, refusal: "No." });
  });

  it("of a moderation is a success without text and tokens", () => {
    const body = { id: "modr-1", model: "omni-moderation-latest", results: [{ flagged: false }] };
    expect(answered(body)).toEqual({
      ...nothing,
      customId: "r",
      outcome: "succeeded",
      error: null,
    });
  });

  it.each([
    ["request_timeout", "failed"],
    ["batch_expired", "expired"],
    ["batch_cancelled", "cancelled"],
    ["a_new_code", "failed"],
  ])("that never ran because of %s is %s", (code, outcome) => {
    const line = JSON.stringify({ custom_id: "r", response: null, error: { code, message: "Why." } });
    expect(readOpenAiResultLine(line)).toMatchObject({ outcome, error: { code, message: "Why." } });
  });

  it.each(["", "not json", "[]", "null", "7", '{"custom_id":"r-9"}'])("%j is no result line", (line) => {
    expect(() => readOpenAiResultLine(line)).toThrow(Error);
  });
});
