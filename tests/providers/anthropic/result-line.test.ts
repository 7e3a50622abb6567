import { describe, expect, it } from "vitest";
import { readAnthropicResultLine } from "#lib/providers/anthropic/result-line.ts";
import { readFixtureLines } from "../support.ts";

async function lineOf(customId: string): Promise<string> {
  const lines = await readFixtureLines("anthropic/results.jsonl");
  const line = lines.find((candidate) => candidate.includes(`"custom_id":"${customId}"`));
  if (!line) throw new Error(`The fixture has no line ${customId}.`);
  return line;
}

describe("an Anthropic result line", () => {
  it("takes the text blocks and counts cached input as input", async () => {
    expect(readAnthropicResultLine(await lineOf("r-0"))).toEqual({
      customId: "r-0",
      outcome: "succeeded",
      text: "Rain falls.",
      finishReason: "end_turn",
      refusal: null,
      usage: { inputTokens: 40, outputTokens: 15, totalTokens: 55, cachedTokens: 6, reasoningTokens: 9 },
      error: null,
    });
  });

  it("has its error one level below the line's own", async () => {
    expect(readAnthropicResultLine(await lineOf("r-1"))).toMatchObject({
      outcome: "failed",
      text: null,
      usage: null,
      error: { code: "invalid_request_error", message: "messages: Field required" },
    });
  });

  it.each([
    ["r-2", "cancelled"],
    ["r-3", "expired"],
  ])("%s is %s", async (customId, outcome) => {
    expect(readAnthropicResultLine(await lineOf(customId))).toMatchObject({ customId, outcome, error: null });
  });

  it("of a refusal succeeded and says why it was refused", async () => {
    expect(readAnthropicResultLine(await lineOf("r-4"))).toMatchObject({
      outcome: "succeeded",
      text: null,
      finishReason: "refusal",
      refusal: "Not this.",
    });
  });

  const succeeded = (message: unknown) =>
    readAnthropicResultLine(JSON.stringify({ custom_id: "r", result: { type: "succeeded", message } }));

  it.each(["end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "a_new_reason"])(
    "keeps the stop reason %s verbatim, and it is no refusal",
    (stop_reason) => {
      expect(succeeded({ stop_reason })).toMatchObject({ finishReason: stop_reason, refusal: null });
    },
  );

  it.each([
    [{ category: "cyber" }, "cyber"],
    [null, "refusal"],
  ])("of a refusal with the details %j says %s", (stop_details, refusal) => {
    expect(succeeded({ stop_reason: "refusal", stop_details })).toMatchObject({ refusal });
  });

  it("with the oldest usage has no cached and no reasoning tokens: unknown is not zero", () => {
    expect(succeeded({ usage: { input_tokens: 3, output_tokens: 2 } }).usage).toEqual({
      inputTokens: 3,
      outputTokens: 2,
      totalTokens: 5,
      cachedTokens: null,
      reasoningTokens: null,
    });
  });

  it("whose error stands one level higher is read all the same", () => {
    const result = { type: "errored", error: { type: "api_error", message: "Broken." } };
    expect(readAnthropicResultLine(JSON.stringify({ custom_id: "r", result }))).toMatchObject({
      outcome: "failed",
      error: { code: "api_error", message: "Broken." },
    });
  });

  it.each([
    "",
    "not json",
    "[]",
    '{"custom_id":"r-9"}',
    '{"custom_id":"r-9","result":{"type":"constructor"}}',
  ])("%j is no result line", (line) => {
    expect(() => readAnthropicResultLine(line)).toThrow(Error);
  });
});
