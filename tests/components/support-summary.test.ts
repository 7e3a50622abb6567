import { expect, it } from "vitest";
import { supportSummary } from "#components/job/support-summary.ts";
import { endedCounts, jobListItem } from "./job-list-item.ts";

const kind = {
  outcome: "failed" as const,
  code: "server_error",
  message: "The server had an error.",
  requestCount: 4,
  lineNumber: 7,
  customId: "abc-6",
  requestId: "req_123",
};

function summaryOf(change: Parameters<typeof jobListItem>[0], raw: unknown = null): string {
  const waiting = { attempts: 0, nextCheckAt: null, aheadCount: null, accountProblem: null };
  return supportSummary({ job: jobListItem(change), raw, ...waiting }, [kind]);
}

it("holds ids, times, statuses and examples with their request ids", () => {
  const counts = endedCounts({ succeeded: 5, failed: 4 });
  const text = summaryOf({ userStatus: "FAILED", step: "done", counts }, { input_file_id: "file-in" });
  expect(text).toContain("Job id: batch_0");
  expect(text).toContain("input_file_id: file-in");
  expect(text).toContain("Created (provider): 2026-11-22T12:00:00.000Z");
  expect(text).toContain("9 in all, 5 succeeded, 4 failed");
  expect(text).toContain("line 7, custom id abc-6, request id req_123");
});

it("leaves out what nobody knows and masks what looks like a key", () => {
  const text = summaryOf({
    model: null,
    failure: { code: null, message: "Incorrect API key provided: sk-abcdefghijkl." },
  });
  expect(text).not.toContain("Model:");
  expect(text).not.toContain("sk-abcdefghijkl");
  expect(text).toContain("[redacted]");
});
