import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { systemClock } from "#lib/domain/clock.ts";
import { jobFilterSchema, type JobListItem } from "#lib/domain/job-page.ts";
import { startEngine, type Engine } from "#lib/engine/engine.ts";
import { launch } from "#lib/engine/launch.ts";
import { openQueue } from "#lib/engine/queue.ts";
import { createTestContext, startTestSandbox, type TestSandbox } from "#tests/setup/test-context.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

/** The engine as it runs in the server: the real queue, the real clock, the sandbox over HTTP. */
let database: TestHandle;
let sandbox: TestSandbox;
let context: AppContext;
let engine: Engine | null = null;

beforeAll(async () => {
  database = await openTestHandle();
  sandbox = await startTestSandbox(systemClock);
});
beforeEach(async () => {
  await database.empty();
  await start();
});
afterEach(async () => {
  await engine?.stop(5);
  await context.live.close();
});
afterAll(async () => {
  await sandbox?.close();
  await database?.close();
});

async function start(): Promise<void> {
  const queue = await openQueue(database, () => {});
  context = createTestContext(sandbox, { database, clock: systemClock, queue });
  engine = await startEngine(context);
}

const input = {
  lanes: [
    { provider: "openai", model: "gpt-4o-mini", jobCount: 2, requestsPerJob: 2 },
    { provider: "google", model: "gemini-2.5-flash-lite", jobCount: 2, requestsPerJob: 2 },
    { provider: "anthropic", model: "claude-haiku-5-5", jobCount: 2, requestsPerJob: 2 },
  ],
  prompts: { kind: "builtIn" },
};

/** Reads the jobs again on each live event until the condition holds. */
async function waitForJobs(holds: (jobs: JobListItem[]) => boolean): Promise<JobListItem[]> {
  let wake = () => {};
  const unsubscribe = await context.live.subscribe(() => wake());
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const { jobs } = await listJobs(context.db, jobFilterSchema.parse({}));
      if (holds(jobs)) return jobs;
      await changed;
    }
  } finally {
    unsubscribe();
  }
}

const allDone = (jobs: JobListItem[]) => jobs.length > 0 && jobs.every((job) => job.step === "done");

async function batchCount(): Promise<number> {
  let count = 0;
  for (const provider of ["openai", "google", "anthropic"] as const) {
    for await (const _seen of context.providers.get(provider).list({ since: new Date(0) })) count += 1;
  }
  return count;
}

it("brings every job of a set to its end and announces each change", async () => {
  const before = await batchCount();
  await launch(context, input);
  const jobs = await waitForJobs(allDone);
  expect(jobs).toHaveLength(6);
  expect(jobs.every((job) => job.collected?.lineCount === 2)).toBe(true);
  expect((await batchCount()) - before).toBe(6);
});

it("goes on where it was when it is stopped in the middle and started again", async () => {
  const before = await batchCount();
  await launch(context, input);
  await waitForJobs((jobs) => jobs.some((job) => job.providerJobId !== null));
  await engine?.stop(5);
  await context.live.close();

  await start();
  const jobs = await waitForJobs(allDone);
  expect(jobs.every((job) => job.collected?.lineCount === 2)).toBe(true);
  expect((await batchCount()) - before).toBe(6);
});
