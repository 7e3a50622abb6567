import { describe, expect, it } from "vitest";
import { attentionOf } from "#components/job/job-attention.ts";
import { describeState } from "#components/job/job-state.ts";
import { sentenceText } from "#components/sentence.tsx";
import { observedSteps, reportedSteps } from "#components/job/timeline-steps.ts";
import type { Job } from "#lib/domain/job.ts";
import { endedCounts, jobListItem } from "./job-list-item.ts";

const start = new Date("2026-11-22T12:00:00Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const now = after(600);

function reported(change: Partial<Job["reported"]> = {}): Job["reported"] {
  return {
    createdAt: start,
    startedAt: null,
    finalizingAt: null,
    cancellingAt: null,
    endedAt: null,
    expiresAt: null,
    ...change,
  };
}

const running = jobListItem({
  userStatus: "IN_PROGRESS",
  step: "poll",
  serviceStatus: "in_progress",
  providerJobId: "batch_1",
  reported: reported({ startedAt: after(5), expiresAt: after(86_400) }),
});

describe("the provider's timeline", () => {
  it("marks where the job is and greys what may still come", () => {
    expect(reportedSteps(running).map(({ key, state }) => [key, state])).toEqual([
      ["created", "reached"],
      ["started", "current"],
      ["finalizing", "ahead"],
      ["ended", "ahead"],
      ["expires", "deadline"],
    ]);
  });

  it("gives the time between two known steps only", () => {
    const ended = jobListItem({
      ...running,
      userStatus: "SUCCEEDED",
      step: "done",
      reported: reported({ startedAt: after(5), endedAt: after(65) }),
    });
    expect(reportedSteps(ended).map((step) => step.secondsSincePrevious)).toEqual([null, 5, null, 60]);
    expect(reportedSteps(ended).map((step) => step.state)).toEqual([
      "reached",
      "reached",
      "missing",
      "reached",
    ]);
  });

  it("has no steps that a provider never reports", () => {
    const google = jobListItem({ ...running, provider: "google", reported: reported() });
    expect(reportedSteps(google).map((step) => step.key)).toEqual(["created", "ended"]);
  });
});

describe("our timeline", () => {
  it("shows a cancellation only when one was asked", () => {
    const keys = (job: Job) => observedSteps(job).map((step) => step.key);
    expect(keys(running)).not.toContain("cancel");
    const observed = { ...running.observed, cancelRequestedAt: after(9) };
    expect(keys(jobListItem({ ...running, observed }))).toContain("cancel");
  });
});

describe("the state in words", () => {
  it("says what a running job is doing, in the provider's own word", () => {
    expect(sentenceText(describeState(running, now), now)).toContain(
      "At OpenAI for 10 min; it says in_progress.",
    );
  });

  it("says how a job ended and how much of it succeeded", () => {
    const job = jobListItem({
      ...running,
      userStatus: "SUCCEEDED",
      step: "done",
      counts: endedCounts({ succeeded: 7, failed: 2 }),
      reported: reported({ endedAt: after(130) }),
    });
    expect(sentenceText(describeState(job, now), now)).toBe(
      "Ended after 2 min 10 s: 7 of 9 requests succeeded.",
    );
    // Anthropic's batches with a failed request count as failed; what the reader needs is how much of it came.
    const failed = { ...job, userStatus: "FAILED" as const };
    expect(sentenceText(describeState(failed, now), now)).toContain("Ended after 2 min 10 s: 7 of 9");
    expect(attentionOf(job).map((entry) => entry.title)).toEqual(["2 of 9 requests did not succeed"]);
  });

  it("adds what to do to a failure that does not say it", () => {
    const failed = (message: string) =>
      attentionOf(
        jobListItem({ ...running, userStatus: "FAILED", step: "done", failure: { code: null, message } }),
      )[0];
    expect(failed("Incorrect API key provided.")?.advice).toContain("OPENAI_API_KEY");
    expect(failed("The model `gpt-1` does not exist.")?.advice).toContain("Choose a model");
    expect(failed("OpenAI refused the key (401). Check OPENAI_API_KEY.")?.advice).toBe("");
  });

  it.each(["SUCCEEDED", "FAILED"] as const)("says so when no request of a %s job succeeded", (userStatus) => {
    const job = jobListItem({ ...running, userStatus, step: "done", counts: endedCounts({ failed: 9 }) });
    expect(attentionOf(job).map((entry) => entry.title)).toEqual(["No request succeeded"]);
  });
});
