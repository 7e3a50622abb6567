import { expect, it } from "vitest";
import { ProviderError } from "#lib/domain/errors.ts";
import { jobReportOf, type JobReport } from "#lib/domain/job-report.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { providerJob } from "#tests/factories/provider-job.ts";
import { readStates } from "../../cli/read-states.ts";

const start = Date.parse("2026-11-20T10:00:00Z");
const createdAt = (index: number) => new Date(start + index * 60_000);
const jobAt = (index: number) => providerJob.running({ id: `batch_${index}` });

function reportAt(index: number): JobReport {
  return jobReportOf({
    provider: "openai",
    providerJobId: `batch_${index}`,
    userStatus: "IN_PROGRESS",
    model: null,
    serviceStatus: null,
    counts: { total: null, succeeded: null, failed: null },
    createdAt: createdAt(index),
    endedAt: null,
    totalTokens: null,
  });
}

/** An account that lists `listedCount` batches, newest first, in pages of 100, and counts its calls. */
function account(listedCount: number, refusal: ProviderError | null = null) {
  const calls = { get: 0, pages: 0 };
  const provider = {
    capabilities: { listPageSize: 100 },
    async *list() {
      if (refusal) throw refusal;
      for (let index = 0; index < listedCount; index += 1) {
        if (index % 100 === 0) calls.pages += 1;
        yield jobAt(listedCount - 1 - index);
      }
    },
    get: async (id: string) => {
      calls.get += 1;
      if (refusal) throw refusal;
      return { ...jobAt(0), id };
    },
    // Only what reading states needs of a provider.
  } as unknown as BatchProvider;
  return { provider, calls };
}

async function readAll(provider: BatchProvider, indexes: number[], concurrency = 4) {
  const readings: Record<string, boolean> = {};
  const options = { concurrency, signal: new AbortController().signal };
  for await (const { report, outcome } of readStates(provider, indexes.map(reportAt), options)) {
    expect(readings).not.toHaveProperty(report.jobId);
    readings[report.jobId] = !(outcome instanceof ProviderError);
  }
  return readings;
}

const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

it("reads many jobs through list pages", async () => {
  const { provider, calls } = account(250);
  expect(Object.values(await readAll(provider, range(200, 50)))).toEqual(Array(200).fill(true));
  expect(calls).toEqual({ get: 0, pages: 2 });
});

it("asks for a few jobs one by one", async () => {
  const { provider, calls } = account(250);
  await readAll(provider, [1, 2, 3]);
  expect(calls).toEqual({ get: 3, pages: 0 });
});

it("does not page through an account full of other people's jobs to find a few old ones", async () => {
  const { provider, calls } = account(5_000);
  const readings = await readAll(provider, range(8));
  expect(Object.keys(readings)).toHaveLength(8);
  expect(calls).toEqual({ get: 8, pages: 2 });
});

it("stops asking after a refusal that holds for every call, and tells it for every job", async () => {
  const refused = new ProviderError("No.", {
    provider: "openai",
    kind: "authentication",
    isRetryable: false,
  });
  const { provider, calls } = account(0, refused);
  const readings = await readAll(provider, range(100));
  expect(Object.values(readings)).toEqual(Array(100).fill(false));
  expect(calls.get).toBeLessThanOrEqual(4);
});
