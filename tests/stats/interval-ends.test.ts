import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateCumulativeIncidence, type DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { estimateIncidenceOfIntervals, type IntervalRecord } from "#lib/stats/interval-ends.ts";
import { incidenceQuantile } from "#lib/stats/quantiles.ts";
import { arbitraryDeliveryRecords } from "./arbitrary-records.ts";

const delivered = (...times: number[]): DeliveryRecord[] =>
  times.map((durationSeconds) => ({ durationSeconds, outcome: "delivered" }));
const between = (earliestSeconds: number, latestSeconds: number): IntervalRecord => ({
  earliestSeconds,
  latestSeconds,
  outcome: "delivered",
});
const incidences = (curve: ReturnType<typeof estimateIncidenceOfIntervals>) =>
  curve.steps.map(({ timeSeconds, incidence }) => [timeSeconds, Number(incidence.toFixed(6))]);

describe("ends that are known only to lie between two checks", () => {
  it("change nothing when there are none, or when the checks coincide", () => {
    fc.assert(
      fc.property(arbitraryDeliveryRecords, (records) => {
        const exact = estimateCumulativeIncidence(records);
        expect(estimateIncidenceOfIntervals(records, [])).toEqual(exact);
        const one = [...records, ...delivered(30)];
        const { steps } = estimateIncidenceOfIntervals(records, [between(30, 30)]);
        const expected = estimateCumulativeIncidence(one).steps;
        expect(steps.map((step) => step.incidence)).toEqual(expected.map((step) => step.incidence));
        expect(steps.map((step) => step.upper)).toEqual(expected.map((step) => step.upper));
      }),
    );
  });

  it("are spread as the others of the interval end", () => {
    // By hand: of three jobs (1 + p) / 3 end at 10, p being the share of the third that falls there; p = (1 + p) / 3.
    const curve = estimateIncidenceOfIntervals(delivered(10, 20), [between(5, 20)]);
    expect(incidences(curve).filter(([time]) => time === 10 || time === 20)).toEqual([
      [10, 0.5],
      [20, 1],
    ]);
  });

  it("count by their latest moment when nobody else ended in between", () => {
    const curve = estimateIncidenceOfIntervals(delivered(10, 100), [between(40, 60)]);
    expect(incidences(curve)).toContainEqual([40, 0.333333]);
    expect(incidences(curve)).toContainEqual([60, 0.666667]);
  });

  it("widen the band to what would hold whenever they really were", () => {
    const exact = delivered(...Array.from({ length: 30 }, (_, index) => 10 * (index + 1)));
    const intervals = Array.from({ length: 10 }, () => between(50, 250));
    const curve = estimateIncidenceOfIntervals(exact, intervals);
    const late = estimateCumulativeIncidence([...exact, ...intervals.flatMap(() => delivered(250))]);
    const early = estimateCumulativeIncidence([...exact, ...intervals.flatMap(() => delivered(50))]);
    const at = (steps: typeof curve.steps) => steps.findLast((step) => step.timeSeconds <= 150);
    expect(at(curve.steps)?.lower).toBe(at(late.steps)?.lower);
    expect(at(curve.steps)?.upper).toBe(at(early.steps)?.upper);
    const median = incidenceQuantile(curve, 0.5);
    expect(median.lowerSeconds).toBe(incidenceQuantile(early, 0.5).lowerSeconds);
    expect(median.upperSeconds).toBe(incidenceQuantile(late, 0.5).upperSeconds);
  });

  it("keep the curve monotone, inside its band and of the same jobs", () => {
    const interval = fc
      .record({
        from: fc.integer({ min: 0, max: 20 }),
        length: fc.integer({ min: 0, max: 30 }),
        outcome: fc.constantFrom("delivered" as const, "competing" as const),
      })
      .map(({ from, length, outcome }) => ({ earliestSeconds: from, latestSeconds: from + length, outcome }));
    fc.assert(
      fc.property(arbitraryDeliveryRecords, fc.array(interval, { maxLength: 8 }), (records, intervals) => {
        const curve = estimateIncidenceOfIntervals(records, intervals);
        const total = estimateCumulativeIncidence(records).subjectCount + intervals.length;
        expect(curve.subjectCount).toBeCloseTo(total, 6);
        let previous = 0;
        for (const step of curve.steps) {
          expect(step.incidence).toBeGreaterThanOrEqual(previous - 1e-9);
          expect(step.incidence).toBeGreaterThanOrEqual(step.lower - 1e-9);
          expect(step.incidence).toBeLessThanOrEqual(step.upper + 1e-9);
          previous = step.incidence;
        }
      }),
    );
  });

  it("refuses an interval that ends before it begins", () => {
    expect(() => estimateIncidenceOfIntervals([], [between(5, 4)])).toThrow(RangeError);
  });
});
