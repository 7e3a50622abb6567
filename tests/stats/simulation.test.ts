import { describe, expect, it } from "vitest";
import { estimateCumulativeIncidence } from "#lib/stats/cumulative-incidence.ts";
import { logRankTest, logRankTests } from "#lib/stats/log-rank.ts";
import { incidenceQuantile, survivalQuantile, type QuantileEstimate } from "#lib/stats/quantiles.ts";
import { remainingRange } from "#lib/stats/remaining-range.ts";
import { restrictedMean } from "#lib/stats/restricted-mean.ts";
import { shareDeliveredBy } from "#lib/stats/share-delivered.ts";
import { estimateSurvival } from "#lib/stats/survival.ts";
import {
  drawExperiment,
  drawTurnaround,
  seededUniform,
  toSurvivalRecords,
  trueQuantile,
  trueShare,
} from "./simulated-experiments.ts";

const experimentCount = 1000;
const jobCount = 400;

/** The share of experiments in which something holds. */
function shareOf(seed: number, holds: (uniform: () => number) => boolean): number {
  const uniform = seededUniform(seed);
  let count = 0;
  for (let experiment = 0; experiment < experimentCount; experiment += 1) if (holds(uniform)) count += 1;
  return count / experimentCount;
}

/** An end of the interval that is not known does not limit it. */
function covers(
  { lowerSeconds, upperSeconds }: QuantileEstimate,
  lastSeconds: number,
  truth: number,
): boolean {
  return (lowerSeconds ?? lastSeconds) <= truth && truth <= (upperSeconds ?? Infinity);
}

describe("over 1,000 experiments with a fast and a slow mode and 40 % of the jobs still open", () => {
  it("leaves 40 % of the jobs open", () => {
    const records = drawExperiment(seededUniform(1), 100_000);
    const open = records.filter((record) => record.outcome === "censored").length;
    expect(open / records.length).toBeCloseTo(0.4, 2);
  });

  it.each([
    { share: 0.5, seed: 11 },
    { share: 0.9, seed: 12 },
  ])("the 95 % interval of the $share quantile holds the truth in 93–97 %", ({ share, seed }) => {
    const truth = trueQuantile(share);
    let boundedCount = 0;
    const coverage = shareOf(seed, (uniform) => {
      const records = toSurvivalRecords(drawExperiment(uniform, jobCount));
      const curve = estimateSurvival(records);
      const quantile = survivalQuantile(curve, share);
      if (quantile.upperSeconds !== null) boundedCount += 1;
      return covers(quantile, curve.lastSeconds ?? 0, truth);
    });
    expect(coverage).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeLessThanOrEqual(0.97);
    // Else an interval that says nothing would pass.
    expect(boundedCount).toBeGreaterThan(experimentCount * 0.7);
  });

  it.each([
    { share: 0.5, seed: 21 },
    { share: 0.8, seed: 22 },
  ])("the same holds for the time to deliver a $share of all when one in ten fails", ({ share, seed }) => {
    const truth = trueQuantile(share / 0.9);
    const coverage = shareOf(seed, (uniform) => {
      const curve = estimateCumulativeIncidence(drawExperiment(uniform, jobCount, 0.1));
      return covers(incidenceQuantile(curve, share), curve.lastSeconds ?? 0, truth);
    });
    expect(coverage).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeLessThanOrEqual(0.97);
  });

  it.each([
    { withinSeconds: 300, seed: 31 },
    { withinSeconds: 6 * 3600, seed: 32 },
  ])("so does the interval of the share delivered within $withinSeconds s", ({ withinSeconds, seed }) => {
    const truth = 0.9 * trueShare(withinSeconds);
    const coverage = shareOf(seed, (uniform) => {
      const curve = estimateCumulativeIncidence(drawExperiment(uniform, jobCount, 0.1));
      const { lower, upper } = shareDeliveredBy(curve, withinSeconds);
      return (lower ?? 0) <= truth && truth <= (upper ?? 1);
    });
    expect(coverage).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeLessThanOrEqual(0.97);
  });

  it("so does the interval of the mean to a horizon of eight hours", () => {
    const horizonSeconds = 8 * 3600;
    let truth = 0;
    for (let seconds = 0.5; seconds < horizonSeconds; seconds += 1) truth += 1 - 0.9 * trueShare(seconds);
    const coverage = shareOf(41, (uniform) => {
      const mean = restrictedMean(
        estimateCumulativeIncidence(drawExperiment(uniform, jobCount, 0.1)),
        horizonSeconds,
      );
      return mean !== null && mean.lowerSeconds <= truth && truth <= mean.upperSeconds;
    });
    expect(coverage).toBeGreaterThanOrEqual(0.93);
    expect(coverage).toBeLessThanOrEqual(0.97);
  });

  it("the log-rank test finds a difference between equal groups in 4–6 %", () => {
    const rejected = shareOf(51, (uniform) => {
      const groups = ["one", "other"].map((name) => ({
        name,
        records: toSurvivalRecords(drawExperiment(uniform, 100)),
      }));
      return (logRankTest(groups).pValue ?? 1) < 0.05;
    });
    expect(rejected).toBeGreaterThanOrEqual(0.04);
    expect(rejected).toBeLessThanOrEqual(0.06);
  });

  it("of three equal groups some pair is called different in at most 6 %", () => {
    const rejected = shareOf(52, (uniform) => {
      const groups = ["one", "two", "three"].map((name) => ({
        name,
        records: toSurvivalRecords(drawExperiment(uniform, 60)),
      }));
      return logRankTests(groups).pairs.some(({ adjustedPValue }) => (adjustedPValue ?? 1) < 0.05);
    });
    expect(rejected).toBeLessThanOrEqual(0.06);
  });

  it.each([
    { ageSeconds: 0, seed: 61 },
    { ageSeconds: 200, seed: 62 },
    { ageSeconds: 1800, seed: 63 },
  ])(
    "80 % ranges for the end of a job that is $ageSeconds s old hold it in 75–85 %",
    ({ ageSeconds, seed }) => {
      let judgedCount = 0;
      let insideCount = 0;
      shareOf(seed, (uniform) => {
        const curve = estimateSurvival(toSurvivalRecords(drawExperiment(uniform, jobCount)));
        const range = remainingRange(curve, ageSeconds, 0.8);
        let turnaround = drawTurnaround(uniform);
        while (turnaround <= ageSeconds) turnaround = drawTurnaround(uniform);
        if (range === null || range.eventCount < 20 || range.upperSeconds === null) return false;
        judgedCount += 1;
        if (range.lowerSeconds <= turnaround && turnaround <= range.upperSeconds) insideCount += 1;
        return true;
      });
      expect(judgedCount).toBeGreaterThan(400);
      expect(insideCount / judgedCount).toBeGreaterThanOrEqual(0.75);
      expect(insideCount / judgedCount).toBeLessThanOrEqual(0.85);
    },
  );
});
