import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateCumulativeIncidence } from "#lib/stats/cumulative-incidence.ts";
import type { DeliveryOutcome, DeliveryRecord, IncidenceStep } from "#lib/stats/cumulative-incidence.ts";
import { estimateSurvival } from "#lib/stats/survival.ts";
import { arbitraryDeliveryRecords, arbitrarySurvivalRecords, spellOut } from "./arbitrary-records.ts";
import { nonmaintained } from "./leukaemia.ts";

const outcomeOfMark = new Map<string, DeliveryOutcome>([
  ["", "delivered"],
  ["x", "competing"],
  ["+", "censored"],
]);

/** "4" is delivered at 4 seconds, "4x" ended without delivery, "4+" was still open. */
function deliveryRecords(printed: string): DeliveryRecord[] {
  return printed.split(",").map((value) => ({
    durationSeconds: Number.parseFloat(value),
    outcome: outcomeOfMark.get(value.replace(/[\d.]/g, "")) ?? "delivered",
  }));
}

const mixed = deliveryRecords("1,2x,2,3+,4,5x,6,6.5+,7,8x,9,10+");

/** Aalen–Johansen variance written out as a double sum over all earlier times. */
function directVariance(steps: readonly IncidenceStep[], end: number): number {
  const final = steps[end]?.incidence ?? 0;
  return steps.slice(0, end + 1).reduce((sum, step, index) => {
    const ended = step.delivered + step.competing;
    const before = steps[index - 1]?.open ?? 1;
    const rest = final - step.incidence;
    const left = step.atRisk - ended;
    const ownPart = (before ** 2 * step.delivered * (step.atRisk - step.delivered)) / step.atRisk ** 3;
    const openPart = left === 0 ? 0 : (rest ** 2 * ended) / (step.atRisk * left);
    return sum + openPart + ownPart - (2 * rest * before * step.delivered) / step.atRisk ** 2;
  }, 0);
}

describe("the cumulative incidence of delivery", () => {
  it("is the hand-computed one for a small mixture with a tie of both kinds", () => {
    const { steps } = estimateCumulativeIncidence(mixed);
    const incidences = [
      [1, 1 / 12],
      [2, 1 / 12 + (11 / 12) * (1 / 11)],
      [4, 2 / 12 + (9 / 12) * (1 / 8)],
      [6, 2 / 12 + (9 / 12) * (1 / 8) + (9 / 12) * (7 / 8) * (6 / 7) * (1 / 6)],
    ] as const;
    for (const [timeSeconds, incidence] of incidences) {
      const step = steps.find((each) => each.timeSeconds === timeSeconds);
      expect(step?.incidence).toBeCloseTo(incidence, 12);
    }
    expect(steps.find((step) => step.timeSeconds === 2)).toMatchObject({
      atRisk: 11,
      delivered: 1,
      competing: 1,
    });
    expect(steps.at(-1)?.open).toBeCloseTo(
      (9 / 12) * (7 / 8) * (6 / 7) * (5 / 6) * (3 / 4) * (2 / 3) * (1 / 2),
      12,
    );
  });

  it("has the incidences and standard errors of another implementation", () => {
    const rows = estimateCumulativeIncidence(mixed)
      .steps.filter((step) => step.delivered > 0)
      .map((step) => [step.timeSeconds, step.incidence.toFixed(8), step.standardError.toFixed(8)]);
    expect(rows).toEqual([
      [1, "0.08333333", "0.07978559"],
      [2, "0.16666667", "0.10758287"],
      [4, "0.26041667", "0.13001722"],
      [6, "0.35416667", "0.14326862"],
      [7, "0.47135417", "0.15719207"],
      [9, "0.58854167", "0.15763636"],
    ]);
  });

  it("does not count a fast failure as a delivery", () => {
    const curve = estimateCumulativeIncidence(deliveryRecords("1x,1x,1x,10"));
    expect(curve).toMatchObject({ deliveredCount: 1, competingCount: 3, censoredCount: 0, lastSeconds: 10 });
    expect(curve.steps.map((step) => step.incidence)).toEqual([0, 0.25]);
    expect(curve.steps.map((step) => step.open)).toEqual([0.25, 0]);
  });

  it("stays at 0 while every job is still open, and has no step without jobs", () => {
    const open = estimateCumulativeIncidence(deliveryRecords("5+,7+"));
    expect(open.steps.map(({ incidence, lower, upper }) => [incidence, lower, upper])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(estimateCumulativeIncidence([])).toMatchObject({ steps: [], subjectCount: 0, lastSeconds: null });
  });

  it("says nothing certain of a single delivered job", () => {
    const [step] = estimateCumulativeIncidence(deliveryRecords("60")).steps;
    expect(step).toMatchObject({ incidence: 1, open: 0, lower: 0, upper: 1 });
  });

  it("mirrors the survival curve when nothing competes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(nonmaintained), arbitrarySurvivalRecords), (records) => {
        const delivered = records.map((record): DeliveryRecord => ({
          ...record,
          outcome: record.outcome === "event" ? "delivered" : "censored",
        }));
        const survival = estimateSurvival(records).steps;
        estimateCumulativeIncidence(delivered).steps.forEach((step, index) => {
          const mirror = survival[index];
          expect(step.incidence).toBeCloseTo(1 - (mirror?.survival ?? Number.NaN), 12);
          expect(step.standardError).toBeCloseTo(mirror?.standardError ?? Number.NaN, 12);
          expect(step.lower).toBeCloseTo(1 - (mirror?.upper ?? Number.NaN), 9);
          expect(step.upper).toBeCloseTo(1 - (mirror?.lower ?? Number.NaN), 9);
        });
      }),
    );
  });
});

describe("every cumulative incidence curve", () => {
  it("starts at 0, never falls, stays inside its bands and adds up with the open and the lost share", () => {
    fc.assert(
      fc.property(arbitraryDeliveryRecords, (records) => {
        const swapped = records.map((record): DeliveryRecord => {
          if (record.outcome === "censored") return record;
          return { ...record, outcome: record.outcome === "delivered" ? "competing" : "delivered" };
        });
        const lost = estimateCumulativeIncidence(swapped).steps;
        let previous = 0;
        estimateCumulativeIncidence(records).steps.forEach((step, index) => {
          expect(step.incidence).toBeGreaterThanOrEqual(previous - 1e-12);
          expect(step.lower).toBeLessThanOrEqual(step.incidence + 1e-12);
          expect(step.upper).toBeGreaterThanOrEqual(step.incidence - 1e-12);
          expect(step.lower).toBeGreaterThanOrEqual(0);
          expect(step.upper).toBeLessThanOrEqual(1);
          expect(step.incidence + step.open + (lost[index]?.incidence ?? 0)).toBeCloseTo(1, 12);
          previous = step.incidence;
        });
      }),
    );
  });

  it("has the variance of the direct double sum", () => {
    fc.assert(
      fc.property(arbitraryDeliveryRecords, (records) => {
        const { steps } = estimateCumulativeIncidence(records);
        steps.forEach((step, index) => {
          expect(step.standardError ** 2).toBeCloseTo(directVariance(steps, index), 12);
        });
      }),
    );
  });

  it("does not depend on the order of the jobs, on how equal ones are counted, nor on the unit", () => {
    fc.assert(
      fc.property(arbitraryDeliveryRecords, (records) => {
        const curve = estimateCumulativeIncidence(records);
        expect(estimateCumulativeIncidence(records.toReversed())).toEqual(curve);
        expect(estimateCumulativeIncidence(spellOut(records))).toEqual(curve);
        const inMinutes = records.map((record) => ({
          ...record,
          durationSeconds: record.durationSeconds * 60,
        }));
        const shares = (steps: readonly IncidenceStep[]) => steps.map((step) => [step.incidence, step.lower]);
        expect(shares(estimateCumulativeIncidence(inMinutes).steps)).toEqual(shares(curve.steps));
      }),
    );
  });
});
