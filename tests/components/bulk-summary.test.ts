import { expect, it } from "vitest";
import { bulkSummary } from "#components/jobs/bulk-summary.ts";

const progress = (doneCount: number, failures: { message: string; count: number }[] = []) => ({
  totalCount: 9,
  doneCount,
  failures,
  isFinished: true,
});

it("sums up what was done in one sentence", () => {
  expect(bulkSummary("cancel", progress(9)).title).toBe("Cancellation of 9 jobs is on its way.");
  expect(bulkSummary("remove", progress(1)).title).toContain("Deleted 1 job at the provider.");
});

it("says what did not work, and each reason once with its number", () => {
  const { isGood, title, details } = bulkSummary("remove", progress(4, [{ message: "It hangs.", count: 5 }]));
  expect(isGood).toBe(false);
  expect(title).toContain("5 jobs did not work.");
  expect(details).toBe("5 times: It hangs.");
});

it("says so when there was nothing to do", () => {
  expect(bulkSummary("check", { ...progress(0), totalCount: 0 }).title).toContain("Nothing to check");
});
