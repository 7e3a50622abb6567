import { describe, expect, it } from "vitest";
import { endedCountOf, jobSegmentsOf, setSentence } from "#components/sets/set-progress.ts";

const none = { IN_PROGRESS: 0, SUCCEEDED: 0, FAILED: 0, CANCELLED_TIMED_OUT: 0, CANCELLED_ON_DEMAND: 0 };
const noPartial = { SUCCEEDED: 0, FAILED: 0 };

describe("progress of a set", () => {
  it("tells waiting jobs from running ones", () => {
    const counts = {
      statusCounts: { ...none, IN_PROGRESS: 9, SUCCEEDED: 3 },
      partialCounts: noPartial,
      jobCount: 12,
      waitingCount: 5,
    };
    expect(setSentence(counts)).toBe("12 jobs: 3 succeeded, 4 running, 5 waiting to be submitted");
    expect(endedCountOf(counts.statusCounts)).toBe(3);
  });

  it("tells partial jobs from those that succeeded or failed as a whole, whichever their status is", () => {
    const counts = {
      statusCounts: { ...none, SUCCEEDED: 5, FAILED: 4 },
      partialCounts: { SUCCEEDED: 2, FAILED: 1 },
      jobCount: 9,
      waitingCount: 0,
    };
    expect(setSentence(counts)).toBe("9 jobs: 3 succeeded, 3 partial, 3 failed");
  });

  it("counts jobs as running while others ended before they were sent", () => {
    const counts = {
      statusCounts: { ...none, IN_PROGRESS: 2, FAILED: 10 },
      partialCounts: noPartial,
      jobCount: 12,
      waitingCount: 0,
    };
    expect(setSentence(counts)).toBe("12 jobs: 10 failed, 2 running");
    expect(jobSegmentsOf(counts).reduce((sum, segment) => sum + segment.count, 0)).toBe(12);
  });
});
