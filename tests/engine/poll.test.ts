import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import { poll } from "#lib/engine/poll.ts";
import type { BatchProvider, ProviderJob } from "#lib/providers/provider.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { providerJob } from "#tests/factories/provider-job.ts";
import { createManualClock } from "#tests/setup/manual-clock.ts";
import { createSteppedQueue, type SteppedQueue } from "#tests/setup/stepped-queue.ts";
import { createTestContext, startTestSandbox, type TestSandbox } from "#tests/setup/test-context.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

const clock = createManualClock();
const target = { provider: "openai", account: "account-1" } as const;
let database: TestHandle;
let sandbox: TestSandbox;
let queue: SteppedQueue;
let context: AppContext;
let answers: Map<string, ProviderJob | ProviderError>;
let calls: { get: number; list: number };

beforeAll(async () => {
  database = await openTestHandle();
  sandbox = await startTestSandbox(clock);
});
beforeEach(async () => {
  await database.empty();
  queue = createSteppedQueue(clock);
  answers = new Map();
  calls = { get: 0, list: 0 };
  context = withAnswers(createTestContext(sandbox, { database, clock, queue }));
});
afterAll(async () => {
  await sandbox?.close();
  await database?.close();
});

/** The context with a provider that says what the test put into `answers` and counts its calls. */
function withAnswers(real: AppContext): AppContext {
  const provider: BatchProvider = Object.assign(Object.create(real.providers.get("openai")), {
    account: target.account,
    get: async (id: string) => {
      calls.get += 1;
      const answer = answers.get(id);
      if (answer instanceof ProviderError) throw answer;
      if (!answer) throw notFound();
      return answer;
    },
    list: async function* () {
      calls.list += 1;
      for (const answer of answers.values()) if (!(answer instanceof ProviderError)) yield answer;
    },
  } satisfies Partial<BatchProvider>);
  return {
    ...real,
    providers: { configured: () => ["openai"], get: () => provider, forAccount: () => provider },
  };
}

function notFound(): ProviderError {
  return new ProviderError("No batch found.", { provider: "openai", kind: "not_found", isRetryable: false });
}

async function insertJobs(count: number, change: Partial<ReturnType<typeof jobRow>> = {}) {
  const rows = Array.from({ length: count }, (_, index) =>
    jobRow.running({
      id: `job_${index}`,
      providerJobId: `batch_${index}`,
      account: target.account,
      launchedAt: clock.now(),
      submittedAt: clock.now(),
      providerCreatedAt: clock.now(),
      nextCheckAt: clock.now(),
      ...change,
    }),
  );
  await context.db.insert(jobs).values(rows);
  for (const row of rows)
    answers.set(row.providerJobId ?? "", providerJob.running({ id: row.providerJobId ?? "" }));
}

async function readJobs() {
  return (await listJobs(context.db, jobFilterSchema.parse({ pageSize: 200 }))).jobs;
}

it("asks for a few jobs one by one and for many through list pages", async () => {
  await insertJobs(2);
  await poll(context, target);
  expect(calls).toEqual({ get: 2, list: 0 });

  await database.empty();
  answers.clear();
  await insertJobs(150);
  await poll(context, target);
  expect(calls).toEqual({ get: 2, list: 1 });
  expect((await readJobs()).every((job) => job.observed.lastCheckedAt !== null)).toBe(true);
});

it("looks at a job less often as it ages, and never sooner than it is due", async () => {
  await insertJobs(1);
  await poll(context, target);
  const young = queue.waiting()[0]?.dueAtMs ?? 0;
  expect(young - clock.now().getTime()).toBeLessThanOrEqual(2_000);
  await context.db.update(jobs).set({ nextCheckAt: new Date(clock.now().getTime() + 5_000) });
  await poll(context, target);
  expect(calls.get).toBe(1);
  clock.advance(3_600);
  await context.db.update(jobs).set({ nextCheckAt: clock.now() });
  await poll(context, target);
  const [row] = await context.db.select().from(jobs);
  const waitSeconds = ((row?.nextCheckAt?.getTime() ?? 0) - clock.now().getTime()) / 1000;
  expect(waitSeconds).toBeGreaterThan(90);
  expect(waitSeconds).toBeLessThan(150);
});

it("keeps an unknown service status as it is and the job in progress", async () => {
  await insertJobs(1);
  answers.set("batch_0", providerJob.running({ id: "batch_0", serviceStatus: "paused" }));
  await poll(context, target);
  expect((await readJobs())[0]).toMatchObject({
    serviceStatus: "paused",
    userStatus: "IN_PROGRESS",
    step: "poll",
  });
});

it("waits for results that appear after the end", async () => {
  await insertJobs(1);
  answers.set("batch_0", providerJob.completed({ id: "batch_0", hasResults: false }));
  await poll(context, target);
  expect((await readJobs())[0]).toMatchObject({ userStatus: "SUCCEEDED", step: "poll" });
  answers.set("batch_0", providerJob.completed({ id: "batch_0" }));
  clock.advance(5);
  await poll(context, target);
  expect((await readJobs())[0]).toMatchObject({ step: "collect" });
  expect(queue.waiting().some((message) => message.name === "collect")).toBe(true);
});

it("forgives a fresh batch that its own provider does not know yet", async () => {
  await insertJobs(1);
  answers.set("batch_0", notFound());
  await poll(context, target);
  expect((await readJobs())[0]).toMatchObject({ userStatus: "IN_PROGRESS", step: "poll" });
});

it("gives up a job that its provider denies again and again, with the reason", async () => {
  await insertJobs(1);
  answers.set("batch_0", notFound());
  clock.advance(600);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await context.db.update(jobs).set({ nextCheckAt: clock.now() }).where(eq(jobs.step, "poll"));
    await poll(context, target);
    clock.advance(300);
  }
  const [job] = await readJobs();
  expect(job).toMatchObject({ userStatus: "FAILED", step: "done", failure: { code: "not_found" } });
});

it("cancels a job launched here after 24 hours, once, and an adopted one never", async () => {
  await insertJobs(1);
  clock.advance(24 * 3_600 + 1);
  await context.db.update(jobs).set({ nextCheckAt: clock.now() });
  await poll(context, target);
  expect((await readJobs())[0]?.cancelReason).toBe("time_out");
  expect(queue.waiting().filter((message) => message.name === "cancel")).toHaveLength(1);

  await database.empty();
  await queue.clear();
  await insertJobs(1, { origin: "adopted" });
  clock.advance(24 * 3_600 + 1);
  await context.db.update(jobs).set({ nextCheckAt: clock.now() });
  await poll(context, target);
  expect((await readJobs())[0]?.cancelReason).toBeNull();
  expect(queue.waiting().filter((message) => message.name === "cancel")).toHaveLength(0);
});

it("shows trouble while it lasts and asks again with growing pauses", async () => {
  await insertJobs(1);
  const outage = new ProviderError("Could not reach OpenAI.", {
    provider: "openai",
    kind: "unreachable",
    isRetryable: true,
  });
  answers.set("batch_0", outage);
  await poll(context, target);
  expect((await readJobs())[0]).toMatchObject({
    trouble: "Could not reach OpenAI.",
    userStatus: "IN_PROGRESS",
  });
  answers.set("batch_0", providerJob.running({ id: "batch_0" }));
  clock.advance(10);
  await poll(context, target);
  expect((await readJobs())[0]?.trouble).toBeNull();
});

it("does not let an answer that was overtaken reopen a job that has ended", async () => {
  await insertJobs(1, { endSeenAt: clock.now(), userStatus: "SUCCEEDED", serviceStatus: "completed" });
  answers.set("batch_0", providerJob.running({ id: "batch_0" }));
  await poll(context, target);
  expect((await readJobs())[0]).toMatchObject({ userStatus: "SUCCEEDED", serviceStatus: "completed" });
});
