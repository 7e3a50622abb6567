import { expect, it } from "vitest";
import { describeReading } from "#components/providers/recent-jobs-readings.tsx";
import { allJobsOf, changeReadings, newReading } from "#components/providers/recent-jobs-state.ts";
import type { AccountJob } from "#lib/domain/account-job.ts";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

function accountJob(provider: ProviderId, number: number, change: Partial<AccountJob> = {}): AccountJob {
  return {
    provider,
    providerJobId: `batch_${number}`,
    model: null,
    serviceStatus: "completed",
    userStatus: "SUCCEEDED",
    counts: { ...unknownCounts, total: 3 },
    createdAt: new Date(Date.UTC(2026, 10, 22, 0, number)),
    endedAt: null,
    state: "new",
    jobId: null,
    ...change,
  };
}

const start = [newReading("openai"), newReading("google")];
const line = (provider: ProviderId, ...jobs: AccountJob[]) =>
  ({ kind: "line", provider, line: { type: "jobs", jobs } }) as const;

it("gathers each provider's lines by itself and sorts all jobs newest first", () => {
  const readings = [
    line("openai", accountJob("openai", 3), accountJob("openai", 1)),
    line("google", accountJob("google", 2), accountJob("google", 0, { createdAt: null })),
  ].reduce(changeReadings, start);
  expect(allJobsOf(readings).map((job) => job.providerJobId)).toEqual([
    "batch_3",
    "batch_2",
    "batch_1",
    "batch_0",
  ]);
  expect(readings.map(describeReading)).toEqual(["Reading, 2 jobs so far.", "Reading, 2 jobs so far."]);
});

it("shows imported jobs as known while the import goes on", () => {
  const listed = changeReadings(start, line("openai", accountJob("openai", 1), accountJob("openai", 2)));
  const ended = changeReadings(listed, {
    kind: "line",
    provider: "openai",
    line: { type: "end", isCut: false },
  });
  const importing = changeReadings(ended, { kind: "import", provider: "openai" });
  const [openai] = changeReadings(importing, {
    kind: "importLine",
    provider: "openai",
    line: { type: "progress", readCount: 2, adopted: [{ providerJobId: "batch_2", jobId: "job_2" }] },
  });
  expect(openai?.jobs.map(({ state, jobId }) => [state, jobId])).toEqual([
    ["new", null],
    ["known", "job_2"],
  ]);
  expect(openai && describeReading(openai)).toBe("2 jobs, 1 new. 1 imported.");
});

it("keeps what was listed before a failure, and what was imported before one", () => {
  const listed = changeReadings(start, line("openai", accountJob("openai", 1)));
  const failed = changeReadings(listed, {
    kind: "line",
    provider: "openai",
    line: { type: "failure", message: "The key was refused." },
  });
  expect(failed[0]).toMatchObject({ listing: "failed", failure: "The key was refused." });
  expect(failed[0] && describeReading(failed[0])).toBe("Could not be read, 1 job until then.");
  expect(failed[1]).toMatchObject({ listing: "reading", failure: null });
});

it("says that a list was cut", () => {
  const [openai] = changeReadings(changeReadings(start, line("openai", accountJob("openai", 1))), {
    kind: "line",
    provider: "openai",
    line: { type: "end", isCut: true },
  });
  expect(openai && describeReading(openai)).toContain("Only the newest 5,000 are listed");
});
