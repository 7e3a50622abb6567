import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateCumulativeIncidence } from "#lib/stats/cumulative-incidence.ts";
import { empiricalQuantile, incidenceQuantile, survivalQuantile } from "#lib/stats/quantiles.ts";
import { estimateSurvival } from "#lib/stats/survival.ts";
import { arbitrarySurvivalRecords } from "./arbitrary-records.ts";
import { maintained, mercaptopurine, nonmaintained, placebo, survivalRecords } from "./leukaemia.ts";

describe("a quantile of a survival curve", () => {
  it("gives the published medians", () => {
    const median = (records: typeof maintained) =>
      survivalQuantile(estimateSurvival(records), 0.5).valueSeconds;
    expect(median(maintained)).toBe(31);
    expect(median(nonmaintained)).toBe(23);
    expect(median(mercaptopurine)).toBe(23);
    expect(median(placebo)).toBe(8);
  });

  it("takes its interval from where the bands cross, open above when the band does not", () => {
    expect(survivalQuantile(estimateSurvival(maintained), 0.5)).toEqual({
      probability: 0.5,
      valueSeconds: 31,
      atLeastSeconds: null,
      lowerSeconds: 13,
      upperSeconds: null,
    });
    expect(survivalQuantile(estimateSurvival(nonmaintained), 0.5)).toEqual({
      probability: 0.5,
      valueSeconds: 23,
      atLeastSeconds: null,
      lowerSeconds: 5,
      upperSeconds: 33,
    });
  });

  it("says at least how long when the curve has not come so far", () => {
    const quantile = survivalQuantile(estimateSurvival(survivalRecords("60,70,90+,21600+,21600+")), 0.95);
    expect(quantile).toMatchObject({ valueSeconds: null, atLeastSeconds: 21_600, upperSeconds: null });
  });

  it("is the middle of a level stretch at exactly that share, as with an even number of values", () => {
    expect(survivalQuantile(estimateSurvival(survivalRecords("1,2,3,4")), 0.5).valueSeconds).toBe(2.5);
    expect(survivalQuantile(estimateSurvival(survivalRecords("1,2,3,4,5")), 0.5).valueSeconds).toBe(3);
  });

  it("does not move with the age of open jobs when the level stretch has no end", () => {
    expect(survivalQuantile(estimateSurvival(survivalRecords("60,70,21600+,21600+")), 0.5).valueSeconds).toBe(
      70,
    );
  });

  it("knows nothing without jobs and refuses impossible probabilities", () => {
    expect(survivalQuantile(estimateSurvival([]), 0.5)).toMatchObject({
      valueSeconds: null,
      atLeastSeconds: null,
    });
    for (const probability of [0, 1, -0.1, Number.NaN]) {
      expect(() => survivalQuantile(estimateSurvival(maintained), probability)).toThrow(RangeError);
    }
  });

  it("never falls as the probability rises, and lies inside its interval", () => {
    fc.assert(
      fc.property(arbitrarySurvivalRecords, (records) => {
        const curve = estimateSurvival(records);
        let previous = 0;
        for (const probability of [0.1, 0.25, 0.5, 0.75, 0.9, 0.99]) {
          const quantile = survivalQuantile(curve, probability);
          const value = quantile.valueSeconds ?? Infinity;
          expect(value).toBeGreaterThanOrEqual(previous);
          expect(quantile.lowerSeconds ?? value).toBeLessThanOrEqual(value);
          expect(quantile.upperSeconds ?? Infinity).toBeGreaterThanOrEqual(quantile.valueSeconds ?? 0);
          previous = value;
        }
      }),
    );
  });
});

describe("a quantile of the delivered share", () => {
  it("is later than among the delivered jobs alone when others failed", () => {
    const delivered = [1, 2, 3, 4].map((durationSeconds) => ({
      durationSeconds,
      outcome: "delivered" as const,
    }));
    const failed = { durationSeconds: 1, outcome: "competing" as const, count: 2 };
    const curve = estimateCumulativeIncidence([...delivered, failed]);
    expect(incidenceQuantile(curve, 0.4).valueSeconds).toBe(3);
    expect(incidenceQuantile(curve, 0.9)).toMatchObject({ valueSeconds: null, atLeastSeconds: 4 });
  });
});

describe("an empirical quantile", () => {
  it("interpolates between order statistics (type 7)", () => {
    expect(empiricalQuantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(empiricalQuantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
    expect(empiricalQuantile([10, 20], 0.25)).toBe(12.5);
  });

  it("reaches both ends, repeats a single value, and is null without values", () => {
    expect(empiricalQuantile([3, 5, 9], 0)).toBe(3);
    expect(empiricalQuantile([3, 5, 9], 1)).toBe(9);
    expect(empiricalQuantile([7], 0.3)).toBe(7);
    expect(empiricalQuantile([], 0.5)).toBeNull();
    expect(() => empiricalQuantile([1], 1.1)).toThrow(RangeError);
  });
});
