import { describe, expect, it } from "vitest";
import { readGoogleResultLine } from "#lib/providers/google/result-line.ts";
import { readFixtureLines } from "../support.ts";

async function lineOf(key: string): Promise<string> {
  const lines = await readFixtureLines("google/results.jsonl");
  const line = lines.find((candidate) => candidate.includes(`"key":"${key}"`));
  if (!line) throw new Error(`The fixture has no line ${key}.`);
  return line;
}

describe("a Google result line", () => {
  it("leaves the thoughts out of the text and counts them as output", async () => {
    expect(readGoogleResultLine(await lineOf("r-0"))).toEqual({
      customId: "r-0",
      outcome: "succeeded",
      text: "Rain falls.",
      finishReason: "STOP",
      refusal: null,
      usage: { inputTokens: 5, outputTokens: 35, totalTokens: 40, cachedTokens: 3, reasoningTokens: 26 },
      error: null,
    });
  });

  it("has no text when thinking used up the budget", async () => {
    expect(readGoogleResultLine(await lineOf("r-1"))).toMatchObject({
      outcome: "succeeded",
      text: null,
      finishReason: "MAX_TOKENS",
      usage: { outputTokens: 1024, reasoningTokens: 1024 },
    });
  });

  it("of a blocked prompt says why", async () => {
    expect(readGoogleResultLine(await lineOf("r-2"))).toMatchObject({
      outcome: "succeeded",
      text: null,
      refusal: "PROHIBITED_CONTENT",
      usage: { outputTokens: null },
    });
  });

  it.each(["SAFETY", "RECITATION", "SPII", "BLOCKLIST", "PROHIBITED_CONTENT"])(
    "whose answer was withheld for %s says so",
    (finishReason) => {
      const line = JSON.stringify({ key: "r", response: { candidates: [{ finishReason }] } });
      expect(readGoogleResultLine(line)).toMatchObject({
        outcome: "succeeded",
        text: null,
        finishReason,
        refusal: finishReason,
      });
    },
  );

  it.each(["STOP", "MAX_TOKENS", "MALFORMED_FUNCTION_CALL", "A_NEW_REASON"])(
    "that ended with %s is no refusal",
    (finishReason) => {
      const line = JSON.stringify({ key: "r", response: { candidates: [{ finishReason }] } });
      expect(readGoogleResultLine(line)).toMatchObject({ finishReason, refusal: null });
    },
  );

  it("prefers Google's own words for why an answer was withheld", () => {
    const candidates = [{ finishReason: "SAFETY", finishMessage: "Blocked by the safety filter." }];
    const line = JSON.stringify({ key: "r", response: { candidates } });
    expect(readGoogleResultLine(line).refusal).toBe("Blocked by the safety filter.");
  });

  it("whose error has a word and no number keeps the word", () => {
    const error = { status: "RESOURCE_EXHAUSTED", message: "Too many." };
    expect(readGoogleResultLine(JSON.stringify({ key: "r", error }))).toMatchObject({
      outcome: "failed",
      error: { code: "RESOURCE_EXHAUSTED", message: "Too many." },
    });
  });

  it.each([
    ["r-3", "failed", { code: "INVALID_ARGUMENT", message: "Unsupported value." }],
    ["r-4", "cancelled", { code: "CANCELLED", message: "Google gave no reason." }],
    ["r-5", "failed", { code: "503", message: "Overloaded." }],
  ])("%s with an error is %s", async (key, outcome, error) => {
    expect(readGoogleResultLine(await lineOf(key))).toMatchObject({ customId: key, outcome, error });
  });

  it("of an embedding has a token count in a string", async () => {
    expect(readGoogleResultLine(await lineOf("r-6")).usage).toMatchObject({
      inputTokens: 4,
      outputTokens: null,
    });
  });

  it("of an inline job has its key in the metadata", () => {
    const line = JSON.stringify({ metadata: { key: "r-9" }, error: { code: 3 } });
    expect(readGoogleResultLine(line).customId).toBe("r-9");
  });

  it.each(["", "not json", "[]", '{"key":"r-9"}'])("%j is no result line", (line) => {
    expect(() => readGoogleResultLine(line)).toThrow(Error);
  });
});
