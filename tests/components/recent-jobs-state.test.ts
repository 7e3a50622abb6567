import { expect, it } from "vitest";
import { describeReading } from "#components/providers/recent-jobs-readings.tsx";
import {
  allJobsOf,
  changeReadings,
  newReading,
  settledJobsOf,
} from "#components/providers/recent-jobs-state.ts";
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

it("shows no job where one of a list that is still read could come in between", () => {
  const shown: string[][] = [];
  const show = (readings: ReturnType<typeof changeReadings>) => {
    shown.push(settledJobsOf(readings).map((job) => job.providerJobId));
    return readings;
  };
  const end = (provider: ProviderId) =>
    ({ kind: "line", provider, line: { type: "end", isCut: false } }) as const;
  [
    line("openai", accountJob("openai", 9), accountJob("openai", 5)),
    line("google", accountJob("google", 8), accountJob("google", 7)),
    line("google", accountJob("google", 4), accountJob("google", 3)),
    end("google"),
    line("openai", accountJob("openai", 2), accountJob("openai", 0, { createdAt: null })),
    end("openai"),
  ].reduce<ReturnType<typeof changeReadings>>(
    (readings, change) => show(changeReadings(readings, change)),
    start,
  );
  const [first, second, third, fourth, fifth, last] = shown.map((ids) =>
    ids.join(" ").replaceAll("batch_", ""),
  );
  expect(first).toBe("");
  expect(second).toBe("9 8");
  expect(third).toBe("9 8 7");
  expect(fourth).toBe("9 8 7");
  expect(fifth).toBe("9 8 7 5 4 3");
  expect(last).toBe("9 8 7 5 4 3 2 0");
});

it("waits neither for a provider that is silent nor for one that is asked again", () => {
  const read = [line("openai", accountJob("openai", 3))].reduce(changeReadings, start);
  const openaiDone = changeReadings(read, {
    kind: "line",
    provider: "openai",
    line: { type: "end", isCut: false },
  });
  expect(settledJobsOf(openaiDone)).toEqual([]);
  const impatient = changeReadings(openaiDone, { kind: "patienceEnds", provider: "google" });
  expect(settledJobsOf(impatient)).toHaveLength(1);
  const late = changeReadings(impatient, line("google", accountJob("google", 4)));
  expect(settledJobsOf(late).map((job) => job.providerJobId)).toEqual(["batch_4", "batch_3"]);
  const again = changeReadings(late, { kind: "start", provider: "google", isAwaited: false });
  expect(settledJobsOf(again).map((job) => job.providerJobId)).toEqual(["batch_3"]);
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
