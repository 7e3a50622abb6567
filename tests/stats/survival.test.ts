import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateSurvival } from "#lib/stats/survival.ts";
import type { SurvivalRecord } from "#lib/stats/survival.ts";
import { arbitrarySurvivalRecords, spellOut } from "./arbitrary-records.ts";
import { maintained, nonmaintained, survivalRecords } from "./leukaemia.ts";

function eventRows(records: readonly SurvivalRecord[]): (readonly [number, number, string, string])[] {
  return estimateSurvival(records)
    .steps.filter((step) => step.events > 0)
    .map((step) => [step.timeSeconds, step.atRisk, step.survival.toFixed(4), step.standardError.toFixed(4)]);
}

describe("the Kaplan–Meier curve", () => {
  it("gives the published survival and standard errors of the maintained leukaemia group", () => {
    expect(eventRows(maintained)).toEqual([
      [9, 11, "0.9091", "0.0867"],
      [13, 10, "0.8182", "0.1163"],
      [18, 8, "0.7159", "0.1397"],
      [23, 7, "0.6136", "0.1526"],
      [31, 5, "0.4909", "0.1642"],
      [34, 4, "0.3682", "0.1627"],
      [48, 2, "0.1841", "0.1535"],
    ]);
  });

  it("gives the published survival and standard errors of the nonmaintained group, ties included", () => {
    expect(eventRows(nonmaintained)).toEqual([
      [5, 12, "0.8333", "0.1076"],
      [8, 10, "0.6667", "0.1361"],
      [12, 8, "0.5833", "0.1423"],
      [23, 6, "0.4861", "0.1481"],
      [27, 5, "0.3889", "0.1470"],
      [30, 4, "0.2917", "0.1387"],
      [33, 3, "0.1944", "0.1219"],
      [43, 2, "0.0972", "0.0919"],
      [45, 1, "0.0000", "0.0000"],
    ]);
  });

  it("bounds the curve by log-log bands that agree with another implementation", () => {
    const bandAt = (timeSeconds: number) => {
      const step = estimateSurvival(maintained).steps.find((each) => each.timeSeconds === timeSeconds);
      return [step?.lower.toFixed(6), step?.upper.toFixed(6)];
    };
    expect(bandAt(9)).toEqual(["0.508080", "0.986674"]);
    expect(bandAt(31)).toEqual(["0.167331", "0.753400"]);
    expect(bandAt(48)).toEqual(["0.011738", "0.525015"]);
  });

  it("puts an end before a censoring of the same time", () => {
    const [step] = estimateSurvival(survivalRecords("4,4+,4+,4+")).steps;
    expect(step).toMatchObject({ atRisk: 4, events: 1, censored: 3, survival: 0.75 });
  });

  it("stays at 1 while every job is still open", () => {
    const curve = estimateSurvival(survivalRecords("3+,5+,5+"));
    expect(curve).toMatchObject({ subjectCount: 3, eventCount: 0, censoredCount: 3, lastSeconds: 5 });
    expect(curve.steps.map(({ survival, lower, upper }) => [survival, lower, upper])).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it("has no step and no last time without jobs", () => {
    expect(estimateSurvival([])).toEqual({
      steps: [],
      subjectCount: 0,
      eventCount: 0,
      censoredCount: 0,
      lastSeconds: null,
    });
  });

  it("says nothing certain of a single ended job", () => {
    const [step] = estimateSurvival([{ durationSeconds: 60, outcome: "event" }]).steps;
    expect(step).toMatchObject({ survival: 0, standardError: 0, lower: 0, upper: 1 });
  });

  it("keeps the last upper bound once the curve is at 0", () => {
    const steps = estimateSurvival(nonmaintained).steps;
    expect(steps.at(-1)).toMatchObject({ survival: 0, lower: 0, upper: steps.at(-2)?.upper });
  });

  it("widens its bands with the confidence asked for", () => {
    const [usual] = estimateSurvival(maintained).steps;
    const [wide] = estimateSurvival(maintained, { confidence: 0.99 }).steps;
    expect(wide?.lower).toBeLessThan(usual?.lower ?? 0);
    expect(wide?.upper).toBeGreaterThan(usual?.upper ?? 1);
  });

  it("refuses durations and counts that cannot be", () => {
    const bad = [
      { durationSeconds: -1 },
      { durationSeconds: Number.NaN },
      { durationSeconds: 1, count: -1 },
      { durationSeconds: 1, count: Infinity },
    ];
    for (const record of bad) {
      expect(() => estimateSurvival([{ outcome: "event", ...record }])).toThrow(RangeError);
    }
    expect(() => estimateSurvival([], { confidence: 1 })).toThrow(RangeError);
  });

  it("takes a million jobs with a million different durations", () => {
    const records = Array.from({ length: 1_000_000 }, (_, index): SurvivalRecord => ({
      durationSeconds: ((index * 7919) % 1_000_003) + 0.25,
      outcome: index % 5 === 0 ? "censored" : "event",
    }));
    const curve = estimateSurvival(records);
    expect(curve).toMatchObject({ subjectCount: 1_000_000, eventCount: 800_000, censoredCount: 200_000 });
    expect(curve.steps).toHaveLength(1_000_000);
  });
});

describe("every Kaplan–Meier curve", () => {
  it("starts at 1, never rises, stays inside its bands and counts every job once", () => {
    fc.assert(
      fc.property(arbitrarySurvivalRecords, (records) => {
        const curve = estimateSurvival(records);
        let previous = { timeSeconds: -1, survival: 1 };
        let counted = 0;
        for (const step of curve.steps) {
          expect(step.timeSeconds).toBeGreaterThan(previous.timeSeconds);
          expect(step.survival).toBeLessThanOrEqual(previous.survival);
          expect(step.lower).toBeGreaterThanOrEqual(0);
          expect(step.lower).toBeLessThanOrEqual(step.survival);
          expect(step.upper).toBeGreaterThanOrEqual(step.survival);
          expect(step.upper).toBeLessThanOrEqual(1);
          expect(step.atRisk).toBe(curve.subjectCount - counted);
          counted += step.events + step.censored;
          previous = step;
        }
        expect(counted).toBe(curve.subjectCount);
      }),
    );
  });

  it("does not depend on the order of the jobs, nor on how equal ones are counted", () => {
    fc.assert(
      fc.property(arbitrarySurvivalRecords, (records) => {
        const curve = estimateSurvival(records);
        expect(estimateSurvival(records.toReversed())).toEqual(curve);
        expect(estimateSurvival(spellOut(records))).toEqual(curve);
      }),
    );
  });

  it("only stretches its times when the unit changes", () => {
    fc.assert(
      fc.property(arbitrarySurvivalRecords, (records) => {
        const inMilliseconds = records.map((record) => ({
          ...record,
          durationSeconds: record.durationSeconds * 1000,
        }));
        const stretched = estimateSurvival(records).steps.map((step) => ({
          ...step,
          timeSeconds: step.timeSeconds * 1000,
        }));
        expect(estimateSurvival(inMilliseconds).steps).toEqual(stretched);
      }),
    );
  });
});
