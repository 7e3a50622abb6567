import { describe, expect, it } from "vitest";
import { offsetWords } from "#components/providers/health-words.ts";

describe("a provider's clock", () => {
  it.each([
    [null, "unknown: no answer yet"],
    [0.4, "agrees with ours"],
    [-1.9, "agrees with ours"],
    [300, "5 min ahead of ours"],
    [-12, "12 s behind ours"],
  ])("that is off by %s s is told as %s", (seconds, words) => {
    expect(offsetWords(seconds)).toBe(words);
  });
});
