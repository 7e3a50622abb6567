import type { NewJobRow } from "#lib/db/schema/jobs.ts";

const base: NewJobRow = {
  id: "job_0000000000000000",
  origin: "launched",
  provider: "openai",
  account: "account",
  isSimulated: true,
  model: "gpt-4o-mini",
  task: "text",
  requestCount: 3,
  maxOutputTokens: 1024,
  nonce: "0123456789abcdef",
  userStatus: "IN_PROGRESS",
  step: "submit",
  countTotal: 3,
  timeOutSeconds: 24 * 3_600,
  launchedAt: new Date("2026-11-22T12:00:00Z"),
};

/** Rows of the table `jobs` in named states. */
export const jobRow = Object.assign(
  (change: Partial<NewJobRow> = {}): NewJobRow => ({ ...base, ...change }),
  {
    running: (change: Partial<NewJobRow> = {}): NewJobRow => ({
      ...base,
      step: "poll",
      providerJobId: "batch_0",
      serviceStatus: "in_progress",
      ...change,
    }),
    succeeded: (turnaroundSeconds: number, change: Partial<NewJobRow> = {}): NewJobRow => ({
      ...base,
      step: "done",
      providerJobId: "batch_0",
      serviceStatus: "completed",
      userStatus: "SUCCEEDED",
      countSucceeded: 3,
      countFailed: 0,
      providerCreatedAt: base.launchedAt,
      providerEndedAt: new Date(base.launchedAt.getTime() + turnaroundSeconds * 1000),
      endSeenAt: new Date(base.launchedAt.getTime() + turnaroundSeconds * 1000),
      ...change,
    }),
  },
);
