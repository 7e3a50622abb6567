import { describe, expect, it } from "vitest";
import { remainingRange } from "#lib/stats/remaining-range.ts";
import { estimateSurvival, type SurvivalRecord } from "#lib/stats/survival.ts";

const ended = (...times: number[]): SurvivalRecord[] =>
  times.map((durationSeconds) => ({ durationSeconds, outcome: "event" }));
const oneToHundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe("the range of a running job's duration", () => {
  it("is cut at the order statistics nearest to a tenth at both ends", () => {
    const curve = estimateSurvival(ended(...oneToHundred));
    expect(remainingRange(curve, 0, 0.8)).toEqual({
      lowerSeconds: 10,
      upperSeconds: 91,
      atRisk: 100,
      eventCount: 100,
    });
  });

  it("is conditional on the age: those that ended by then no longer count", () => {
    const curve = estimateSurvival(ended(...oneToHundred));
    expect(remainingRange(curve, 50, 0.8)).toMatchObject({ atRisk: 50, lowerSeconds: 55, upperSeconds: 96 });
    expect(remainingRange(curve, 100, 0.8)).toBeNull();
  });

  it("has no upper end where the open jobs hide it", () => {
    const open: SurvivalRecord[] = [{ durationSeconds: 60, outcome: "censored", count: 50 }];
    const curve = estimateSurvival([...ended(...oneToHundred.slice(0, 50)), ...open]);
    expect(remainingRange(curve, 0, 0.8)).toMatchObject({ lowerSeconds: 10, upperSeconds: null });
  });

  it("refuses levels and ages that cannot be", () => {
    const curve = estimateSurvival(ended(1));
    expect(() => remainingRange(curve, -1, 0.8)).toThrow(RangeError);
    expect(() => remainingRange(curve, 0, 1)).toThrow(RangeError);
  });
});
