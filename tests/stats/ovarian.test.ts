import { describe, expect, it } from "vitest";
import { logRankTest } from "#lib/stats/log-rank.ts";
import { survivalQuantile } from "#lib/stats/quantiles.ts";
import { estimateSurvival } from "#lib/stats/survival.ts";
import { cyclophosphamide, withAdriamycin } from "./ovarian.ts";

describe("the ovarian cancer trial in R's survival package", () => {
  it("has the published log-rank test", () => {
    const { chiSquare, pValue, groups } = logRankTest([
      { name: "1", records: cyclophosphamide },
      { name: "2", records: withAdriamycin },
    ]);
    expect(chiSquare).toBeCloseTo(1.0627, 4);
    expect(pValue).toBeCloseTo(0.3026, 4);
    expect(groups.map(({ observed, expected }) => [observed, Number(expected.toFixed(2))])).toEqual([
      [7, 5.23],
      [5, 6.77],
    ]);
  });

  it("has the published medians: 638 days, and none where most are censored", () => {
    expect(survivalQuantile(estimateSurvival(cyclophosphamide), 0.5)).toMatchObject({ valueSeconds: 638 });
    expect(survivalQuantile(estimateSurvival(withAdriamycin), 0.5)).toMatchObject({
      valueSeconds: null,
      atLeastSeconds: 1227,
    });
  });

  it("has the log-log bands of another implementation", () => {
    const bandAt = (records: typeof cyclophosphamide, time: number) => {
      const step = estimateSurvival(records).steps.find(({ timeSeconds }) => timeSeconds === time);
      return [step?.lower.toFixed(6), step?.upper.toFixed(6)];
    };
    expect(bandAt(cyclophosphamide, 268)).toEqual(["0.373363", "0.871750"]);
    expect(bandAt(cyclophosphamide, 431)).toEqual(["0.247657", "0.759904"]);
    expect(bandAt(withAdriamycin, 464)).toEqual(["0.407170", "0.913662"]);
    expect(bandAt(withAdriamycin, 563)).toEqual(["0.243635", "0.792848"]);
  });
});
