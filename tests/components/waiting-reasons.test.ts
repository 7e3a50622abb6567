import { expect, it } from "vitest";
import { waitingReasons } from "#components/job/waiting-reasons.ts";
import { sentenceText } from "#components/sentence.tsx";
import type { JobDetail } from "#lib/domain/job-detail.ts";
import { jobListItem } from "./job-list-item.ts";

const start = new Date("2026-11-22T12:00:00Z");
const now = new Date("2026-11-22T12:10:00Z");

function reasonsOf(change: Partial<JobDetail>): string {
  const detail = {
    job: jobListItem(),
    raw: null,
    attempts: 0,
    nextCheckAt: null,
    aheadCount: null,
    accountProblem: null,
  };
  const reasons = waitingReasons({ ...detail, ...change }, now);
  return reasons.map((reason) => sentenceText(reason, now)).join(" ");
}

const unsent = jobListItem({
  step: "submit",
  providerJobId: null,
  serviceStatus: null,
  observed: { ...jobListItem().observed, submitStartedAt: null, submittedAt: null },
});

it("says how many jobs are sent before one that waits", () => {
  expect(reasonsOf({ job: unsent, aheadCount: 12 })).toContain("12 jobs are sent before it");
  expect(reasonsOf({ job: unsent, aheadCount: 0 })).toContain("it is next");
});

it("says that a submission under way is not paid twice", () => {
  const job = jobListItem({ ...unsent, observed: { ...unsent.observed, submitStartedAt: start } });
  expect(reasonsOf({ job })).toContain("nothing is paid twice");
});

it("gives the provider's word, the age and the next check of a running job", () => {
  const job = jobListItem({ serviceStatus: "finalizing" });
  const text = reasonsOf({ job, nextCheckAt: new Date("2026-11-22T12:11:00Z") });
  expect(text).toContain('at OpenAI for 10 min, which decides when it runs. It says "finalizing".');
  expect(text).toContain("The next check is in 1 min.");
});

it("says that a check is due when its time has come", () => {
  expect(reasonsOf({ nextCheckAt: start })).toContain("The next check is due now.");
  const soon = new Date(now.getTime() + 3_000);
  expect(reasonsOf({ nextCheckAt: soon })).toContain("The next check is due now.");
});

it("counts the attempts that failed and gives the last reason", () => {
  const job = jobListItem({ ...unsent, trouble: "OpenAI could not be reached." });
  const text = reasonsOf({ job, attempts: 3 });
  expect(text).toContain(
    "3 attempts to send it failed in a row, the last one so: OpenAI could not be reached.",
  );
  expect(text).toContain("tried again by itself");
});

it("names a problem of the account", () => {
  expect(reasonsOf({ accountProblem: "No key for OpenAI is set." })).toContain(
    "The account cannot be used now. No key for OpenAI is set.",
  );
});

it("has nothing to say about a job that is done", () => {
  expect(reasonsOf({ job: jobListItem({ step: "done", userStatus: "SUCCEEDED" }) })).toBe("");
});
