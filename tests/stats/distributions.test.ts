import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareUpperTail } from "#lib/stats/chi-square.ts";
import { normalProbability, normalQuantile, twoSidedNormalQuantile } from "#lib/stats/normal.ts";

describe("the normal distribution", () => {
  it("has the tabulated quantiles, deep tails included", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(0.01)).toBeCloseTo(-2.326347874040841, 13);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
    expect(normalQuantile(1e-300)).toBeCloseTo(-37.0470962993612, 10);
    expect(normalQuantile(0.5)).toBe(0);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });

  it("undoes its probability", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (probability) => {
        expect(normalProbability(normalQuantile(probability))).toBeCloseTo(probability, 12);
      }),
    );
  });

  it("gives the half width of an interval and refuses what is no probability", () => {
    expect(twoSidedNormalQuantile(0.95)).toBeCloseTo(1.959963984540054, 13);
    expect(twoSidedNormalQuantile(0.8)).toBeCloseTo(1.2815515655446004, 13);
    expect(() => normalQuantile(1.2)).toThrow(RangeError);
    expect(() => twoSidedNormalQuantile(0)).toThrow(RangeError);
  });
});

describe("the upper tail of χ²", () => {
  it("has the tabulated 5 % and 0.1 % points", () => {
    expect(chiSquareUpperTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquareUpperTail(5.991464547107979, 2)).toBeCloseTo(0.05, 12);
    expect(chiSquareUpperTail(18.307038053275146, 10)).toBeCloseTo(0.05, 12);
    expect(chiSquareUpperTail(10.827566170662733, 1)).toBeCloseTo(0.001, 12);
  });

  it("is e to the minus half for two degrees of freedom, on both sides of the change of method", () => {
    for (const value of [0, 0.1, 1, 3.99, 4, 4.01, 30, 700]) {
      expect(chiSquareUpperTail(value, 2) / Math.exp(-value / 2)).toBeCloseTo(1, 11);
    }
  });

  it("refuses negative values and degrees of freedom that are no whole number", () => {
    expect(() => chiSquareUpperTail(-1, 1)).toThrow(RangeError);
    expect(() => chiSquareUpperTail(1, 0)).toThrow(RangeError);
    expect(() => chiSquareUpperTail(1, 1.5)).toThrow(RangeError);
  });
});
