import { describe, expect, it } from "vitest";
import { atRiskTable } from "#lib/stats/at-risk-table.ts";
import { estimateSurvival } from "#lib/stats/survival.ts";
import { maintained } from "./leukaemia.ts";

describe("the at-risk table", () => {
  it("counts who is at risk, ended and censored before each time", () => {
    expect(atRiskTable(estimateSurvival(maintained), [0, 13, 14, 45, 200])).toEqual([
      { timeSeconds: 0, atRisk: 11, endedBefore: 0, censoredBefore: 0 },
      { timeSeconds: 13, atRisk: 10, endedBefore: 1, censoredBefore: 0 },
      { timeSeconds: 14, atRisk: 8, endedBefore: 2, censoredBefore: 1 },
      { timeSeconds: 45, atRisk: 3, endedBefore: 6, censoredBefore: 2 },
      { timeSeconds: 200, atRisk: 0, endedBefore: 7, censoredBefore: 4 },
    ]);
  });

  it("is all zeros without jobs", () => {
    expect(atRiskTable(estimateSurvival([]), [0, 60])).toEqual([
      { timeSeconds: 0, atRisk: 0, endedBefore: 0, censoredBefore: 0 },
      { timeSeconds: 60, atRisk: 0, endedBefore: 0, censoredBefore: 0 },
    ]);
  });

  it("refuses times that do not ascend", () => {
    expect(() => atRiskTable(estimateSurvival(maintained), [10, 5])).toThrow(RangeError);
  });
});
