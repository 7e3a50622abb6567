import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { cancelSummary } from "#components/sets/cancel-summary.ts";
import { jobsSentence } from "#components/jobs/jobs-sentence.ts";
import { JobProgress, progressOf } from "#components/jobs/progress-bar.tsx";
import { StatusChip } from "#components/jobs/status-chip.tsx";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import { endedCounts, jobListItem } from "./job-list-item.ts";

const textOf = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
const chip = (change: Parameters<typeof jobListItem>[0]) =>
  renderToStaticMarkup(<StatusChip job={jobListItem(change)} />);

describe("status chip", () => {
  it("shows a partial success in amber with its numbers, whatever the provider calls it", () => {
    const counts = endedCounts({ succeeded: 7, failed: 2 });
    for (const userStatus of ["SUCCEEDED", "FAILED"] as const) {
      const markup = chip({ userStatus, step: "done", counts });
      expect(textOf(markup)).toBe("7/9 succeeded");
      expect(markup).toContain("text-partial");
    }
  });

  it("keeps the word of a cancelled or timed-out job beside its numbers", () => {
    const counts = endedCounts({ succeeded: 7, expired: 2 });
    expect(textOf(chip({ userStatus: "CANCELLED_TIMED_OUT", step: "done", counts }))).toBe("Timed out, 7/9");
  });

  it("does not call a job succeeded that has no success", () => {
    const markup = chip({ userStatus: "SUCCEEDED", step: "done", counts: endedCounts({ failed: 9 }) });
    expect(textOf(markup)).toBe("0/9 succeeded");
    expect(markup).toContain("text-failed");
  });

  it("tells waiting, running and cancelling apart", () => {
    expect(textOf(chip({ step: "submit", providerJobId: null, serviceStatus: null }))).toBe("Waiting");
    expect(textOf(chip({}))).toBe("In progress");
    const observed = { ...jobListItem().observed, cancelRequestedAt: new Date("2026-11-22T12:01:00Z") };
    expect(textOf(chip({ observed }))).toBe("Cancelling");
  });

  it("keeps the provider's own word within reach", () => {
    expect(chip({ serviceStatus: "validating" })).toContain("The provider says: validating");
  });
});

describe("progress of a job", () => {
  it("is unknown, not 0, while the provider says nothing", () => {
    const job = jobListItem({ counts: { ...unknownCounts, total: 9 } });
    expect(progressOf(job).doneCount).toBeNull();
    const markup = renderToStaticMarkup(<JobProgress job={job} />);
    expect(textOf(markup)).toBe("— / 9".replace(/ /g, ""));
    expect(markup).toContain("The provider has not said how many of 9 requests are done");
  });

  it("counts every finished outcome as done and names each", () => {
    const job = jobListItem({ counts: endedCounts({ succeeded: 5, failed: 2, expired: 1, unfinished: 1 }) });
    const markup = renderToStaticMarkup(<JobProgress job={job} />);
    expect(textOf(markup)).toBe("8/9");
    expect(markup).toContain("5 succeeded, 2 failed, 1 expired of 9 requests");
  });

  it("falls back to the number of requests that we sent", () => {
    expect(progressOf(jobListItem({ counts: unknownCounts, requestCount: 12 })).total).toBe(12);
    expect(progressOf(jobListItem({ counts: unknownCounts, requestCount: null })).total).toBeNull();
  });
});

describe("sentences", () => {
  it("says the state of many jobs and leaves out what does not occur", () => {
    expect(jobsSentence({ IN_PROGRESS: 3, SUCCEEDED: 1200, FAILED: 0 })).toBe(
      "1,203 jobs: 3 in progress, 1,200 succeeded",
    );
    expect(jobsSentence({ FAILED: 1 })).toBe("1 job: 1 failed");
    expect(jobsSentence({})).toBe("No jobs");
  });

  it("sums a cancellation up", () => {
    expect(cancelSummary({ requestedCount: 4, skippedCount: 0 })).toBe(
      "Cancellation of 4 jobs is on its way.",
    );
    expect(cancelSummary({ requestedCount: 1, skippedCount: 2 })).toBe(
      "Cancellation of 1 job is on its way. 2 jobs had already ended.",
    );
    expect(cancelSummary({ requestedCount: 0, skippedCount: 1 })).toBe(
      "Nothing to cancel. 1 job had already ended.",
    );
  });
});
