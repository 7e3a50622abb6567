import { describe, expect, it } from "vitest";
import { adviceFor } from "#components/overview/attention-advice.ts";
import { attentionReasons } from "#lib/domain/attention.ts";
import type { AttentionItem } from "#lib/domain/overview.ts";
import { endedCounts, jobListItem } from "./job-list-item.ts";

const launchedAt = new Date("2026-11-22T12:00:00Z");
const threeHoursLater = new Date("2026-11-22T15:00:00Z");

const advise = (change: Partial<AttentionItem>) =>
  adviceFor({ job: jobListItem(), reason: "failed", deadline: null, slow: null, ...change }, threeHoursLater);

describe("advice on jobs that need attention", () => {
  it.each(attentionReasons)("says what happened and what to do next for %s", (reason) => {
    const { happened, next } = advise({ reason });
    expect(happened).toMatch(/\.$/);
    expect(next).toMatch(/\.$/);
  });

  it("repeats the provider's own reason", () => {
    const failure = { code: "token_limit_exceeded", message: "Enqueued token limit reached." };
    expect(advise({ job: jobListItem({ failure }) }).happened).toBe("Enqueued token limit reached.");
  });

  it("says what became of the requests of a partial job that did not succeed", () => {
    const failed = jobListItem({ counts: endedCounts({ succeeded: 7, failed: 2 }) });
    expect(advise({ reason: "partial", job: failed }).happened).toBe("2 of 9 requests failed.");
    const mixed = jobListItem({ counts: endedCounts({ succeeded: 7, failed: 1, expired: 1 }) });
    expect(advise({ reason: "partial", job: mixed }).happened).toBe("1 failed, 1 expired of 9 requests.");
  });

  it("says what a slow job is measured by, with the number of jobs", () => {
    const job = jobListItem();
    job.reported.createdAt = launchedAt;
    const slow = { limitSeconds: 5_400, share: 0.99, basis: "model", jobCount: 1_204 } as const;
    expect(advise({ reason: "stuck", job, slow }).happened).toBe(
      "Open for 3 h: 99 % of the 1,204 ended jobs of this model took at most 1.5 h.",
    );
  });

  it("says what is at stake at the end of a window, and who ends it", () => {
    const job = jobListItem({ counts: endedCounts({ succeeded: 6, unfinished: 3 }) });
    const at = new Date("2026-11-22T16:00:00Z");
    expect(advise({ reason: "window_ending", job, deadline: { at, of: "time_out" } })).toMatchObject({
      happened: "3 of 9 requests are not done after 3 h.",
      until: "The time-out of its job set ends it",
    });
    expect(advise({ reason: "window_ending", job, deadline: { at, of: "provider" } }).until).toBe(
      "OpenAI ends it",
    );
  });

  it("says who deletes results and what keeps them from coming", () => {
    const job = jobListItem({ step: "collect", trouble: "The disk is full." });
    const advice = advise({ reason: "results_expiring", job, deadline: { at: launchedAt, of: "results" } });
    expect(advice.happened).toContain("The disk is full.");
    expect(advice.until).toBe("OpenAI deletes them");
  });
});
