import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holmAdjusted } from "#lib/stats/holm.ts";
import { solveLinearSystem } from "#lib/stats/linear-system.ts";
import { logRankTest, logRankTests } from "#lib/stats/log-rank.ts";
import type { SurvivalRecord } from "#lib/stats/survival.ts";
import { arbitrarySurvivalRecords } from "./arbitrary-records.ts";
import { maintained, mercaptopurine, nonmaintained, placebo, survivalRecords } from "./leukaemia.ts";

const threeGroups = [
  { name: "a", records: survivalRecords("2,3,3,5+,7,11,13+") },
  { name: "b", records: survivalRecords("1,1,4,4+,6,8,8,9") },
  { name: "c", records: survivalRecords("3,6+,9,12,14,14,20+,25") },
];

describe("the log-rank test", () => {
  it("gives the published χ² of the maintenance trial", () => {
    const result = logRankTest([
      { name: "maintained", records: maintained },
      { name: "nonmaintained", records: nonmaintained },
    ]);
    expect(result.chiSquare?.toFixed(1)).toBe("3.4");
    expect(result.degreesOfFreedom).toBe(1);
    expect(result.pValue?.toFixed(4)).toBe("0.0653");
    expect(result.groups.map((group) => [group.observed, group.expected.toFixed(2)])).toEqual([
      [7, "10.69"],
      [11, "7.31"],
    ]);
  });

  it("gives the published χ² of the 6-mercaptopurine trial", () => {
    const result = logRankTest([
      { name: "6-MP", records: mercaptopurine },
      { name: "placebo", records: placebo },
    ]);
    expect(result.chiSquare?.toFixed(2)).toBe("16.79");
    expect(result.pValue).toBeCloseTo(4.1688e-5, 8);
    expect(result.groups.map((group) => group.expected.toFixed(1))).toEqual(["19.3", "10.7"]);
  });

  it("compares three groups as another implementation does", () => {
    const result = logRankTest(threeGroups);
    expect(result.chiSquare).toBeCloseTo(7.785419433116608, 10);
    expect(result.degreesOfFreedom).toBe(2);
    expect(result.pValue).toBeCloseTo(0.020390019938115757, 12);
  });

  it("finds nothing between equal groups", () => {
    const result = logRankTest([
      { name: "one", records: maintained },
      { name: "other", records: maintained },
    ]);
    expect(result.chiSquare).toBeCloseTo(0, 12);
    expect(result.pValue).toBeCloseTo(1, 6);
  });

  it("has no answer without two groups that could have had an event", () => {
    const nothing = { chiSquare: null, degreesOfFreedom: null, pValue: null };
    expect(logRankTest([])).toMatchObject(nothing);
    expect(logRankTest([{ name: "alone", records: maintained }])).toMatchObject(nothing);
    expect(
      logRankTest([
        { name: "open", records: survivalRecords("3+,4+") },
        { name: "open too", records: survivalRecords("5+") },
      ]),
    ).toMatchObject(nothing);
    expect(
      logRankTest([
        { name: "gone before", records: survivalRecords("1+,2+") },
        { name: "later", records: survivalRecords("5,6") },
      ]),
    ).toMatchObject(nothing);
  });

  it("leaves a group without expected events out of the degrees of freedom", () => {
    const result = logRankTest([...threeGroups, { name: "empty", records: [] }]);
    expect(result).toMatchObject({ degreesOfFreedom: 2, chiSquare: logRankTest(threeGroups).chiSquare });
  });

  it("does not depend on which group comes first", () => {
    fc.assert(
      fc.property(arbitrarySurvivalRecords, arbitrarySurvivalRecords, arbitrarySurvivalRecords, (a, b, c) => {
        const groups = [a, b, c].map((records, index) => ({ name: String(index), records }));
        const result = logRankTest(groups);
        const reversed = logRankTest(groups.toReversed());
        const observed = result.groups.reduce((sum, group) => sum + group.observed, 0);
        const expected = result.groups.reduce((sum, group) => sum + group.expected, 0);
        expect(expected).toBeCloseTo(observed, 8);
        expect(reversed.degreesOfFreedom).toBe(result.degreesOfFreedom);
        if (result.chiSquare !== null) expect(reversed.chiSquare).toBeCloseTo(result.chiSquare, 6);
      }),
    );
  });
});

describe("pairwise log-rank tests", () => {
  it("test every pair and correct by Holm", () => {
    const { overall, pairs } = logRankTests(threeGroups);
    expect(overall).toEqual(logRankTest(threeGroups));
    expect(pairs.map((pair) => pair.names.join(" "))).toEqual(["a b", "a c", "b c"]);
    expect(pairs.map((pair) => pair.pValue?.toFixed(6))).toEqual(["0.421295", "0.082546", "0.004510"]);
    expect(pairs.map((pair) => pair.adjustedPValue?.toFixed(6))).toEqual([
      "0.421295",
      "0.165093",
      "0.013531",
    ]);
  });
});

describe("Holm's correction", () => {
  it("multiplies by the number of hypotheses left, never falls, stops at 1 and skips what was not tested", () => {
    const adjusted = holmAdjusted([0.01, null, 0.04, 0.03, 0.005]).map((value) => value?.toFixed(4));
    expect(adjusted).toEqual(["0.0300", undefined, "0.0600", "0.0600", "0.0200"]);
    expect(holmAdjusted([0.6, 0.9])).toEqual([1, 1]);
  });
});

describe("the linear solver", () => {
  it("solves with a zero on the diagonal and tells a matrix without inverse", () => {
    expect(
      solveLinearSystem(
        [
          [0, 2],
          [4, 0],
        ],
        [6, 8],
      ),
    ).toEqual([2, 3]);
    expect(
      solveLinearSystem(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 2],
      ),
    ).toBeNull();
  });
});

describe("the stratified log-rank test", () => {
  it("is the plain one when all jobs are of one stratum", () => {
    const inStratum = (records: readonly SurvivalRecord[]) =>
      records.map((record) => ({ ...record, stratum: 7 }));
    const plain = logRankTest([
      { name: "one", records: mercaptopurine },
      { name: "other", records: placebo },
    ]);
    const stratified = logRankTest([
      { name: "one", records: inStratum(mercaptopurine) },
      { name: "other", records: inStratum(placebo) },
    ]);
    expect(stratified).toEqual(plain);
  });

  it("adds up what it finds within each stratum, by hand", () => {
    // In each stratum the first group's job ends first of two: E = 1/2, V = 1/4; then the other's, alone at risk.
    const records = (timeSeconds: number) =>
      [1, 2, 3, 4].map((stratum) => ({
        durationSeconds: timeSeconds + stratum,
        outcome: "event" as const,
        stratum,
      }));
    const { chiSquare, groups } = logRankTest([
      { name: "first", records: records(0) },
      { name: "second", records: records(100) },
    ]);
    expect(groups.map(({ observed, expected }) => [observed, expected])).toEqual([
      [4, 2],
      [4, 6],
    ]);
    expect(chiSquare).toBeCloseTo((4 - 2) ** 2 / (4 * 0.25), 12);
  });

  it("does not call groups different because they met different loads", () => {
    const jobs = (seconds: number, stratum: number, count: number) =>
      ({ durationSeconds: seconds, outcome: "event", stratum, count }) as const;
    const fastHour = [10, 20, 30, 40, 50];
    const slowHour = [1010, 1020, 1030, 1040, 1050];
    const mostlyFast = [...fastHour.map((s) => jobs(s, 1, 9)), ...slowHour.map((s) => jobs(s, 2, 1))];
    const mostlySlow = [...fastHour.map((s) => jobs(s, 1, 1)), ...slowHour.map((s) => jobs(s, 2, 9))];
    const groups = [
      { name: "one", records: mostlyFast },
      { name: "other", records: mostlySlow },
    ];
    const unpaired = groups.map(({ name, records }) => ({
      name,
      records: records.map((record) => ({ ...record, stratum: 0 })),
    }));
    expect(logRankTest(unpaired).pValue).toBeLessThan(0.001);
    expect(logRankTest(groups).pValue).toBeGreaterThan(0.5);
  });
});
