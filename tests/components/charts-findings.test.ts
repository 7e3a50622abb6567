import { describe, expect, it } from "vitest";
import { differenceFinding, findingsOf, formatPValue } from "#components/charts/findings.ts";
import { intervalOf, quantileRemark, quantileText } from "#components/charts/quantile-words.ts";
import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { chartGroups, comparison, comparisonGroup, openGroup } from "./comparison-group.ts";

const unreached = { share: 0.5, seconds: null, lowerSeconds: null, upperSeconds: null, atLeastSeconds: null };

function findingOf(group: ComparisonGroup): string {
  const [finding] = findingsOf(chartGroups(group), comparison());
  return [finding?.sentence, ...(finding?.remarks ?? [])].join(" ");
}

/** A group of 40 jobs whose half is delivered at this time, and with this 95th percentile. */
function groupWith(
  provider: ComparisonGroup["provider"],
  medianSeconds: number,
  tail: Partial<ComparisonGroup["quantiles"][number]> = {},
): ComparisonGroup {
  const known = { lowerSeconds: medianSeconds - 20, upperSeconds: medianSeconds + 30, atLeastSeconds: null };
  return comparisonGroup({
    provider,
    jobCount: 40,
    deliveredCount: 40,
    quantiles: [
      { share: 0.5, seconds: medianSeconds, ...known },
      { share: 0.95, seconds: 900, lowerSeconds: 600, upperSeconds: 1_200, atLeastSeconds: null, ...tail },
    ],
  });
}

const pair = (adjustedPValue: number) => ({
  keys: ["google", "anthropic"] as [string, string],
  medianRatio: null,
  chiSquare: 9,
  pValue: 0.001,
  adjustedPValue,
});

describe("findings in words", () => {
  it("says by when half of the jobs were delivered, with the interval", () => {
    expect(findingOf(groupWith("openai", 130))).toBe(
      "OpenAI delivered half of its jobs within 2 min 10 s (1 min 50 s – 2 min 40 s). Its p95 is 15 min (10 min – 20 min).",
    );
  });

  it("names the fastest first and how many times longer the others take, with the corrected p-value", () => {
    const groups = chartGroups(groupWith("google", 533), groupWith("anthropic", 130));
    const findings = findingsOf(groups, comparison({ pairwise: [pair(0.002)] }));
    expect(findings.map(({ chartGroup }) => chartGroup.key)).toEqual(["anthropic", "google"]);
    expect(findings[1]?.sentence).toBe(
      "Google delivered half of its jobs within 8 min 53 s (8 min 33 s – 9 min 23 s), 4.1 times as long as Anthropic; its curve differs by more than chance would explain (p = 0.002).",
    );
  });

  it("does not claim a difference between two groups that chance explains", () => {
    const groups = chartGroups(groupWith("google", 533), groupWith("anthropic", 530));
    const [, second] = findingsOf(groups, comparison({ pairwise: [pair(0.31)] }));
    expect(second?.sentence).toContain("about as long as Anthropic; chance would explain as much (p = 0.31)");
  });

  it("says how long the p95 is at least while it is not known", () => {
    const group = {
      ...groupWith("openai", 130, {
        seconds: null,
        lowerSeconds: 600,
        upperSeconds: null,
        atLeastSeconds: 21_600,
      }),
      unfinishedCount: 4,
      censoredAtSeconds: [21_600],
    };
    expect(findingOf(group)).toContain("Its p95 is not known yet: at least 6 h.");
  });

  it("says what is known while half of the jobs are not delivered", () => {
    expect(findingOf(openGroup())).toContain(
      "Google has not delivered half of its jobs: its median is not known yet, at least 6 h.",
    );
  });

  it("does not promise a median that can never come", () => {
    const group = comparisonGroup({ deliveredCount: 1, notDeliveredCount: 3, quantiles: [unreached] });
    expect(findingOf(group)).toContain(
      "OpenAI delivered 1 of 4 jobs; 3 ended without delivery, so it has no median.",
    );
    expect(quantileText(unreached, group, "delivered")).toBe("never reached");
  });

  it("says how little one job is worth", () => {
    const curve = [{ seconds: 12, share: 1, lower: 0, upper: 1 }];
    expect(findingOf(comparisonGroup({ jobCount: 1, deliveredCount: 1, curve }))).toBe(
      "OpenAI delivered its only job after 12 s. One job says nothing about the spread.",
    );
    expect(
      findingOf(comparisonGroup({ jobCount: 1, deliveredCount: 0, unfinishedCount: 1, curve })),
    ).toContain("has not delivered its only job yet; it is 12 s old");
  });

  it("warns of few jobs, and not of many", () => {
    expect(findingOf(comparisonGroup())).toContain("Only 4 jobs: take it as a hint.");
    expect(findingOf(groupWith("openai", 130))).not.toContain("hint");
  });

  it("says why nothing can be compared", () => {
    expect(findingOf(comparisonGroup({ jobCount: 0 }))).toContain("no jobs");
    expect(findingOf(comparisonGroup({ excludedCount: 4 }))).toContain("no creation or end time");
  });

  it("states the unfinished jobs beside the finding", () => {
    expect(findingOf(openGroup())).toContain("4 of its 5 jobs are unfinished.");
    expect(findingOf(comparisonGroup())).not.toContain("unfinished");
  });

  it("claims a difference of all curves only below five percent", () => {
    const logRank = (pValue: number) =>
      comparison({ logRank: { chiSquare: 1, degreesOfFreedom: 2, pValue } });
    expect(differenceFinding(logRank(0.003))).toContain("differ by more than chance");
    expect(differenceFinding(logRank(0.0003))).toContain("p < 0.001");
    expect(differenceFinding(logRank(0.05))).toContain("do not show that the curves differ");
    expect(differenceFinding(comparison())).toBeNull();
    expect(formatPValue(0.64)).toBe("p = 0.64");
  });

  it("says how many comparisons the p-values of pairs are corrected for", () => {
    const tested = comparison({
      logRank: { chiSquare: 20, degreesOfFreedom: 2, pValue: 0.001 },
      pairwise: [pair(0.1), pair(0.2), pair(0.3)],
    });
    expect(differenceFinding(tested)).toContain("corrected for 3 comparisons (Holm)");
  });
});

describe("a percentile in words", () => {
  it("has no upper limit where the data set none", () => {
    const quantile = { share: 0.9, seconds: 50, lowerSeconds: 40, upperSeconds: null, atLeastSeconds: null };
    expect(intervalOf(quantile)).toBe("≥ 40 s");
    expect(intervalOf({ ...quantile, lowerSeconds: null })).toBeNull();
  });

  it("gives what is known while it is not reached", () => {
    const group = openGroup();
    const open = { ...unreached, lowerSeconds: 60, atLeastSeconds: 21_600 };
    expect(quantileText(open, group, "delivered")).toBe("not known yet");
    expect(quantileRemark(open, group, "delivered")).toBe("at least 6 h");
  });

  it("is never reached once the open jobs no longer suffice, but every open job still ends", () => {
    const group = openGroup({ deliveredCount: 1, notDeliveredCount: 3, unfinishedCount: 1 });
    const ended = { ...group, endedCurve: group.curve };
    const open = { ...unreached, atLeastSeconds: 21_600 };
    expect(quantileText(open, group, "delivered")).toBe("never reached");
    expect(quantileRemark(open, group, "delivered")).toBeNull();
    expect(quantileText(open, ended, "ended")).toBe("not known yet");
  });
});
