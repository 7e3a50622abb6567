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
