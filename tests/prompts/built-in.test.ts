import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { builtInPrompt, builtInPromptCount, builtInPromptParts } from "#lib/prompts/built-in.ts";

const positions = Array.from({ length: builtInPromptCount }, (_, position) => position);
const prompts = positions.map((position) => builtInPrompt(position));

describe("the built-in prompts", () => {
  it("are at least 10,000, all different", () => {
    expect(builtInPromptCount).toBeGreaterThanOrEqual(10_000);
    expect(new Set(prompts).size).toBe(builtInPromptCount);
  });

  it("are sentences of 40 to 240 characters without gaps", () => {
    for (const prompt of prompts) {
      expect(prompt.length).toBeGreaterThanOrEqual(40);
      expect(prompt.length).toBeLessThanOrEqual(240);
      expect(prompt).toMatch(/^[A-Z][^{}\n]*[.?']$/);
      expect(prompt).not.toMatch(/ {2}|^ | $/);
    }
  });

  it("change topic, task and subject from one to the next", () => {
    for (const position of positions.slice(1)) {
      const before = builtInPromptParts(position - 1);
      const here = builtInPromptParts(position);
      expect(here.topic).not.toBe(before.topic);
      expect(here.task).not.toBe(before.task);
      expect(here.subject).not.toBe(before.subject);
    }
  });

  it("are varied from the start", () => {
    const first = positions.slice(0, 100).map(builtInPromptParts);
    expect(new Set(first.map((parts) => parts.topic)).size).toBe(8);
    expect(new Set(first.map((parts) => parts.task)).size).toBeGreaterThanOrEqual(90);
    expect(new Set(first.map((parts) => parts.subject)).size).toBeGreaterThanOrEqual(70);
  });

  it("stay the same from release to release, as old jobs name them by position", () => {
    expect(builtInPrompt(0)).toBe(
      "Explain photosynthesis to a curious ten-year-old in fewer than 150 words.",
    );
    expect(createHash("sha256").update(prompts.join("\n")).digest("hex")).toBe(
      "e878f11bf7d85d876cb67f01c6b5d47ba65391bc4b7cfef6405d203d59410fae",
    );
  });

  it("end where the count says, and know no other positions", () => {
    for (const position of [-1, builtInPromptCount, 0.5, Number.NaN]) {
      expect(() => builtInPrompt(position)).toThrow(RangeError);
    }
  });
});
