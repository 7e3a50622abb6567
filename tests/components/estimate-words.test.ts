import { describe, expect, it } from "vitest";
import { describeBasis, estimateWords } from "#components/jobs/estimate-words.ts";
import type { EndEstimate } from "#lib/domain/end-estimate.ts";

const now = new Date("2026-11-22T12:00:00Z");
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);

function estimate(earliestSeconds: number, latestSeconds: number | null): EndEstimate {
  return {
    estimatedAt: now,
    level: 0.8,
    earliestEndAt: inSeconds(earliestSeconds),
    latestEndAt: latestSeconds === null ? null : inSeconds(latestSeconds),
    basis: "model",
    jobCount: 1_204,
  };
}

describe("the estimated end of a job", () => {
  it.each([
    [120, 560, "in 2 min to 9 min"],
    [14, 41, "in 20 s to 50 s"],
    [-5, 240, "within 4 min"],
    [125, 128, "in 2 min"],
    [7_300, 26_000, "in 2 h to 7.2 h"],
    [20, null, "in 20 s or more"],
    [-20, null, "any moment, or much later"],
    [-300, -10, "later than expected"],
  ])("%s s to %s s from now is %s", (earliest, latest, words) => {
    expect(estimateWords(estimate(earliest, latest), now)).toBe(words);
  });

  it("says on how many jobs it rests", () => {
    expect(describeBasis(estimate(1, 2))).toBe(
      "An estimate: 80 % of the 1,204 jobs of this model that were open for as long ended in this range.",
    );
  });
});
