import { describe, expect, it } from "vitest";
import {
  differenceFinding,
  findingOf,
  formatPValue,
  intervalOf,
  quantileRemark,
  quantileText,
  unfinishedFinding,
} from "#components/charts/findings.ts";
import { comparison, comparisonGroup, openGroup } from "./comparison-group.ts";

const unreached = { share: 0.5, seconds: null, lowerSeconds: null, upperSeconds: null, atLeastSeconds: null };

describe("findings in words", () => {
  it("says by when half of the jobs were delivered, with the interval", () => {
    expect(findingOf(comparisonGroup())).toBe(
      "OpenAI delivered half of its jobs within 2 min 10 s (1 min 50 s – 2 min 40 s).",
    );
  });

  it("says what is known while half of the jobs are not delivered", () => {
    expect(findingOf(openGroup())).toBe(
      "Google has not delivered half of its jobs: its median is not known yet, at least 6 h.",
    );
  });

  it("does not promise a median that can never come", () => {
    const group = comparisonGroup({ deliveredCount: 1, notDeliveredCount: 3, quantiles: [unreached] });
    expect(findingOf(group)).toBe(
      "OpenAI delivered 1 of 4 jobs; 3 ended without delivery, so it has no median.",
    );
    expect(quantileText(unreached, group)).toBe("never reached");
  });

  it("says how little one job is worth", () => {
    const curve = [{ seconds: 12, share: 1, lower: 0, upper: 1 }];
    expect(findingOf(comparisonGroup({ jobCount: 1, deliveredCount: 1, curve }))).toContain(
      "delivered its only job after 12 s. One job says nothing about the spread.",
    );
    expect(
      findingOf(comparisonGroup({ jobCount: 1, deliveredCount: 0, unfinishedCount: 1, curve })),
    ).toContain("has not delivered its only job yet; it is 12 s old");
  });

  it("says why nothing can be compared", () => {
    expect(findingOf(comparisonGroup({ jobCount: 0 }))).toContain("no jobs");
    expect(findingOf(comparisonGroup({ excludedCount: 4 }))).toContain("no creation or end time");
  });

  it("states the unfinished jobs beside the finding", () => {
    expect(unfinishedFinding(openGroup())).toBe("4 of its 5 jobs are unfinished.");
    expect(unfinishedFinding(comparisonGroup())).toBeNull();
  });

  it("says that an interval has no upper limit instead of making one up", () => {
    const quantile = { share: 0.9, seconds: 50, lowerSeconds: 40, upperSeconds: null, atLeastSeconds: null };
    expect(intervalOf(quantile)).toBe("≥ 40 s");
    expect(intervalOf({ ...quantile, lowerSeconds: null })).toBeNull();
  });

  it("gives what is known of a percentile that is not reached", () => {
    const group = openGroup();
    const open = { ...unreached, lowerSeconds: 60, atLeastSeconds: 21_600 };
    expect(quantileText(open, group)).toBe("not known yet");
    expect(quantileRemark(open, group)).toBe("at least 6 h");
  });

  it("does not call a percentile unknown that the open jobs can no longer reach", () => {
    const group = openGroup({
      deliveredCount: 1,
      notDeliveredCount: 3,
      unfinishedCount: 1,
      quantiles: [unreached],
    });
    expect(quantileText(unreached, group)).toBe("never reached");
    expect(quantileRemark({ ...unreached, atLeastSeconds: 21_600 }, group)).toBeNull();
    expect(findingOf(group)).toContain("has no median");
  });

  it("claims a difference only below five percent", () => {
    const logRank = (pValue: number) =>
      comparison({ logRank: { chiSquare: 1, degreesOfFreedom: 2, pValue } });
    expect(differenceFinding(logRank(0.003))).toContain("differ by more than chance");
    expect(differenceFinding(logRank(0.0003))).toContain("p < 0.001");
    expect(differenceFinding(logRank(0.05))).toContain("do not show that the curves differ");
    expect(differenceFinding(comparison())).toBeNull();
    expect(formatPValue(0.64)).toBe("p = 0.64");
  });
});
