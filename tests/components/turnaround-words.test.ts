import { describe, expect, it } from "vitest";
import { changeWords, medianWords } from "#components/overview/turnaround-words.ts";
import type { TurnaroundSummary } from "#lib/domain/turnaround-summary.ts";

type Known = Pick<TurnaroundSummary, "jobCount" | "median" | "canReachMedian">;

/** Jobs whose median is known to lie in ± 10 %. */
const known = (seconds: number, jobCount = 100): Known => ({
  jobCount,
  canReachMedian: true,
  median: {
    share: 0.5,
    seconds,
    lowerSeconds: seconds * 0.9,
    upperSeconds: seconds * 1.1,
    atLeastSeconds: null,
  },
});

const open = (atLeastSeconds: number | null, jobCount = 100): Known => ({
  jobCount,
  canReachMedian: true,
  median: { share: 0.5, seconds: null, lowerSeconds: null, upperSeconds: null, atLeastSeconds },
});

describe("the median of late", () => {
  it("is a time, or at least one, or says why there is none", () => {
    expect(medianWords(known(720))).toBe("12 min");
    expect(medianWords(open(300))).toBe("at least 5 min");
    expect(medianWords(open(null))).toBe("not known yet");
    expect(medianWords({ ...open(300), canReachMedian: false })).toBe("none: too few delivered");
    expect(medianWords(open(null, 0))).toBe("no jobs");
  });
});

describe("turnaround now against the week before", () => {
  it("is so many times slower or faster", () => {
    expect(changeWords(known(1400), known(1000))).toBe("1.4 times slower");
    expect(changeWords(known(500), known(1000))).toBe("2.0 times faster");
    expect(changeWords(known(12_000), known(1000))).toBe("12 times slower");
    expect(changeWords(known(1010), known(1000))).toBe("about as fast");
  });

  it("says when the intervals of the medians allow for no difference", () => {
    expect(changeWords(known(1150), known(1000))).toBe("1.1 times slower (may be chance)");
    const unlimited = known(3000);
    unlimited.median.lowerSeconds = 800;
    expect(changeWords(unlimited, known(1000))).toBe("3.0 times slower (may be chance)");
  });

  it("claims nothing from few jobs", () => {
    expect(changeWords(known(1400, 9), known(1000))).toBe("too few jobs to compare");
    expect(changeWords(known(1400), known(1000, 9))).toBe("too few jobs to compare");
    expect(changeWords(known(1400), open(null, 0))).toBe("nothing to compare");
  });

  it("knows a lower bound while most jobs are still open", () => {
    expect(changeWords(open(2000), known(1000))).toBe("at least 2.0 times slower");
    expect(changeWords(open(500), known(1000))).toBe("not known yet");
    expect(changeWords(known(1000), open(500))).toBe("cannot be compared");
  });
});
