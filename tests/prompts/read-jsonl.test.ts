import { describe, expect, it } from "vitest";
import { readPrompts } from "#lib/prompts/read-prompts.ts";
import { bytesOf } from "./bytes-of.ts";

function readJsonLines(values: readonly unknown[], column?: string) {
  const lines = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return readPrompts(bytesOf(lines.join("\n")), { fileName: "prompts.jsonl", column });
}

describe("a JSON Lines file of prompts", () => {
  it("holds strings or objects with a usual key, the best key first", () => {
    const reading = readJsonLines(['"A string"', { input: "x", prompt: "A prompt" }, { question: "Why?" }]);
    expect(reading).toMatchObject({
      format: "jsonl",
      prompts: ["A string", "A prompt", "Why?"],
      columns: ["input", "prompt", "question"],
      column: "prompt",
      problemCount: 0,
    });
  });

  it("takes the key that the user chooses, and only that", () => {
    const values = [{ prompt: "a", hint: "b" }, { prompt: "c" }];
    const reading = readJsonLines(values, "hint");
    expect(reading).toMatchObject({ prompts: ["b"], column: "hint" });
    expect(reading.problems).toEqual([{ line: 2, message: 'There is no text under "hint".' }]);
  });

  it("takes the only text of the first object, whatever its key", () => {
    const reading = readJsonLines([{ instruction: "a", level: 1 }, { instruction: "b" }, { note: "c" }]);
    expect(reading).toMatchObject({ prompts: ["a", "b"], column: "instruction", problemCount: 1 });
  });

  it("names the keys to choose from when none is usual", () => {
    const reading = readJsonLines([{ id: "1", instruction: "a" }]);
    expect(reading).toMatchObject({ prompts: [], columns: ["id", "instruction"], column: null });
    expect(reading.problems[0]?.message).toBe(
      'There is no text under "prompt", "text", "question", "input".',
    );
  });

  it("understands batch input lines of OpenAI", () => {
    const reading = readJsonLines([
      {
        custom_id: "1",
        method: "POST",
        url: "/v1/chat/completions",
        body: {
          messages: [
            { role: "system", content: "Be brief." },
            { role: "user", content: "First" },
            { role: "assistant", content: null },
            {
              role: "user",
              content: [
                { type: "text", text: "Last" },
                { type: "image_url", image_url: {} },
              ],
            },
          ],
        },
      },
      { custom_id: "2", url: "/v1/embeddings", body: { input: "Embed me" } },
      { custom_id: "3", url: "/v1/embeddings", body: { input: ["One", "Two"] } },
      { custom_id: "4", url: "/v1/responses", body: { input: [{ role: "user", content: "Respond" }] } },
    ]);
    expect(reading).toMatchObject({ problemCount: 0, columns: [], column: null });
    expect(reading.prompts).toEqual(["Last", "Embed me", "One", "Two", "Respond"]);
  });

  it("understands batch input lines of Google and Anthropic", () => {
    const reading = readJsonLines([
      { key: "1", request: { contents: [{ parts: [{ text: "One" }, { text: "more" }] }] } },
      {
        key: "2",
        request: {
          contents: [
            { role: "user", parts: [{ text: "Two" }] },
            { role: "model", parts: [{ text: "Answer" }] },
          ],
        },
      },
      { key: "3", request: { content: { parts: [{ text: "Embed" }] } } },
      { custom_id: "4", params: { messages: [{ role: "user", content: "Four" }] } },
      { custom_id: "5", params: { messages: [{ role: "user", content: [{ type: "text", text: "Five" }] }] } },
    ]);
    expect(reading.prompts).toEqual(["One\nmore", "Two", "Embed", "Four", "Five"]);
  });

  it("keeps the good lines around bad ones, with the line of each problem", () => {
    const reading = readJsonLines([
      { prompt: "good" },
      "{not json",
      "42",
      { prompt: 7 },
      { prompt: " " },
      { prompt: "NUL \0" },
      { params: { messages: [{ role: "assistant", content: "Hello" }] } },
      `"${"x".repeat(100_000)}"`,
      "",
      { prompt: "better" },
    ]);
    expect(reading.prompts).toEqual(["good", "better"]);
    expect(reading.problems).toEqual([
      { line: 2, message: "This line is not valid JSON." },
      { line: 3, message: "This line is neither a JSON string nor a JSON object." },
      { line: 4, message: 'There is no text under "prompt", "text", "question", "input".' },
      { line: 5, message: "This prompt is empty." },
      { line: 6, message: "This prompt holds a NUL character." },
      { line: 7, message: "This request holds no text of a user." },
      { line: 8, message: "This line is longer than 100,000 characters." },
    ]);
  });

  it("says what to do with one JSON array", () => {
    expect(readJsonLines([["a", "b"]])).toMatchObject({
      prompts: [],
      problems: [
        { line: 1, message: "This is one JSON array. Write one JSON value per line instead (JSON Lines)." },
      ],
    });
  });

  it("is not fooled by keys that every object inherits", () => {
    expect(readJsonLines([{ a: 1 }], "toString")).toMatchObject({ prompts: [], problemCount: 1 });
    expect(readJsonLines(['{"__proto__":"x","prompt":"y"}'])).toMatchObject({ prompts: ["y"] });
  });
});
