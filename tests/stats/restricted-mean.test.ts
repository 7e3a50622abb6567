import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateCumulativeIncidence, type DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { restrictedMean } from "#lib/stats/restricted-mean.ts";
import type { SurvivalRecord } from "#lib/stats/survival.ts";
import { arbitraryDeliveryRecords } from "./arbitrary-records.ts";
import { maintained, nonmaintained } from "./leukaemia.ts";
import { cyclophosphamide } from "./ovarian.ts";

const asDeliveries = (records: readonly SurvivalRecord[]): DeliveryRecord[] =>
  records.map((record) => ({ ...record, outcome: record.outcome === "event" ? "delivered" : "censored" }));
const meanOf = (records: readonly SurvivalRecord[], horizonSeconds: number) =>
  restrictedMean(estimateCumulativeIncidence(asDeliveries(records)), horizonSeconds);

describe("the mean to a horizon", () => {
  it.each([
    // What R prints for the leukaemia data with print.rmean = TRUE: 52.6 and 22.7, se 19.83 and 4.18.
    { name: "maintained leukaemia", records: maintained, horizon: 161, mean: 52.6455, error: 19.8286 },
    { name: "nonmaintained leukaemia", records: nonmaintained, horizon: 161, mean: 22.7083, error: 4.1809 },
    { name: "leukaemia to 45 weeks", records: maintained, horizon: 45, mean: 30.7386, error: 4.1141 },
    { name: "ovarian cancer", records: cyclophosphamide, horizon: 1000, mean: 603.9385, error: 105.8579 },
  ])("has the published figures of $name", ({ records, horizon, mean, error }) => {
    const estimate = meanOf(records, horizon);
    expect(estimate?.seconds).toBeCloseTo(mean, 4);
    expect(estimate?.standardErrorSeconds).toBeCloseTo(error, 4);
  });

  it("counts a job that can never be delivered with the whole horizon", () => {
    const records: DeliveryRecord[] = [
      { durationSeconds: 10, outcome: "delivered" },
      { durationSeconds: 2, outcome: "competing" },
    ];
    const estimate = restrictedMean(estimateCumulativeIncidence(records), 100);
    expect(estimate?.seconds).toBeCloseTo((10 + 100) / 2, 9);
    // Without censoring it is the standard error of the mean of 10 and 100, divided by n.
    expect(estimate?.standardErrorSeconds).toBeCloseTo(45 / Math.SQRT2, 9);
  });

  it("is not given beyond what was watched, and is exact once all have ended", () => {
    expect(meanOf([{ durationSeconds: 50, outcome: "censored" }], 60)).toBeNull();
    expect(meanOf([{ durationSeconds: 50, outcome: "event" }], 60)?.seconds).toBe(50);
    expect(meanOf([], 60)).toBeNull();
    expect(() => meanOf([], 0)).toThrow(RangeError);
  });

  it("is the plain mean, and its error the plain one, where nothing is censored", () => {
    fc.assert(
      fc.property(arbitraryDeliveryRecords, (records) => {
        const decided = records.filter((record) => record.outcome !== "censored");
        const values = decided.flatMap(({ durationSeconds, outcome, count = 1 }) =>
          Array.from({ length: count }, () =>
            outcome === "delivered" ? Math.min(durationSeconds, 500) : 500,
          ),
        );
        fc.pre(values.length > 0);
        const estimate = restrictedMean(estimateCumulativeIncidence(decided), 500);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        expect(estimate?.seconds).toBeCloseTo(mean, 6);
        expect(estimate?.standardErrorSeconds).toBeCloseTo(Math.sqrt(variance / values.length), 6);
      }),
    );
  });

  it("follows the unit", () => {
    fc.assert(
      fc.property(arbitraryDeliveryRecords, (records) => {
        const inMinutes = records.map((record) => ({
          ...record,
          durationSeconds: record.durationSeconds * 60,
        }));
        const seconds = restrictedMean(estimateCumulativeIncidence(records), 15);
        const minutes = restrictedMean(estimateCumulativeIncidence(inMinutes), 900);
        expect(minutes === null).toBe(seconds === null);
        expect(minutes?.seconds ?? 0).toBeCloseTo((seconds?.seconds ?? 0) * 60, 6);
      }),
    );
  });
});
