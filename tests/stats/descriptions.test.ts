import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxFigures } from "#lib/stats/box-figures.ts";
import { countedMean, countedQuantile, countedQuantiles, countValues } from "#lib/stats/counted-values.ts";
import { histogram, linearEdges, logarithmicEdges } from "#lib/stats/histogram.ts";
import { empiricalQuantile } from "#lib/stats/quantiles.ts";

function counted(values: readonly number[]) {
  const countOf = new Map<number, number>();
  for (const value of values) countOf.set(value, (countOf.get(value) ?? 0) + 1);
  return countValues(countOf);
}

const arbitraryValues = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 40 });

describe("counted values", () => {
  it("have the quantiles and the mean of the values written out", () => {
    fc.assert(
      fc.property(arbitraryValues, fc.double({ min: 0, max: 1, noNaN: true }), (values, probability) => {
        const sorted = values.toSorted((left, right) => left - right);
        const expected = empiricalQuantile(sorted, probability);
        const quantile = countedQuantile(counted(values), probability);
        if (expected === null) expect(quantile).toBeNull();
        else expect(quantile).toBeCloseTo(expected, 9);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        if (values.length > 0) expect(countedMean(counted(values))).toBeCloseTo(mean, 9);
        else expect(countedMean(counted(values))).toBeNull();
      }),
    );
  });

  it("have R's quantiles of type 7", () => {
    expect(countedQuantiles(counted([1, 2, 2, 10]), [0, 0.25, 0.5, 0.75, 1])).toEqual([1, 1.75, 2, 4, 10]);
  });

  it("refuse what is no count, and probabilities that do not ascend", () => {
    expect(() => countValues(new Map([[1, 0]]))).toThrow(RangeError);
    expect(() => countValues(new Map([[Number.NaN, 1]]))).toThrow(RangeError);
    expect(() => countedQuantiles(counted([1]), [0.5, 0.4])).toThrow(RangeError);
  });
});

describe("box figures", () => {
  it("draw whiskers to the last value within 1.5 boxes and count the rest", () => {
    expect(boxFigures(counted([1, 10, 11, 12, 13, 14, 15, 16, 40, 40]))).toEqual({
      count: 10,
      minimum: 1,
      lowerWhisker: 10,
      lowerQuartile: 11.25,
      median: 13.5,
      upperQuartile: 15.75,
      upperWhisker: 16,
      maximum: 40,
      outlierCount: 3,
    });
  });

  it("are a single line for one value and nothing for none", () => {
    expect(boxFigures(counted([7]))).toMatchObject({ count: 1, lowerWhisker: 7, median: 7, upperWhisker: 7 });
    expect(boxFigures(counted([]))).toBeNull();
  });
});

describe("histograms", () => {
  it("lose no value and hold each between its edges", () => {
    const positive = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(positive, (values) => {
        const minimum = Math.min(...values);
        const maximum = Math.max(...values);
        for (const edges of [linearEdges(maximum), logarithmicEdges(minimum, maximum)]) {
          const bins = histogram(counted(values), edges);
          expect(bins.length).toBeGreaterThan(0);
          expect(bins.length).toBeLessThanOrEqual(42);
          expect(bins[0]?.from).toBeLessThanOrEqual(minimum * (1 + 1e-9));
          expect(bins.at(-1)?.to).toBeGreaterThanOrEqual(maximum * (1 - 1e-9));
          bins.forEach(({ from, to, count }, index) => {
            const isLast = index === bins.length - 1;
            const isFirst = index === 0;
            const inside = values.filter((value) => (value >= from || isFirst) && (value < to || isLast));
            expect(count).toBe(inside.length);
          });
        }
      }),
    );
  });

  it("cut linear bins at round numbers and logarithmic ones at powers of ten", () => {
    expect(linearEdges(95, 10)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    const edges = logarithmicEdges(3, 3000);
    expect(edges[0]).toBeLessThanOrEqual(3);
    for (const power of [10, 100, 1000]) {
      expect(edges.some((edge) => Math.abs(edge / power - 1) < 1e-9)).toBe(true);
    }
    expect(linearEdges(0)).toEqual([]);
    expect(logarithmicEdges(0, 5)).toEqual([]);
  });
});
