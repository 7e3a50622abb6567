import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { requestCancel } from "#lib/engine/cancel.ts";
import { check } from "#lib/engine/check.ts";
import { launch } from "#lib/engine/launch.ts";
import { createManualClock } from "#tests/setup/manual-clock.ts";
import { createSteppedQueue, type SteppedQueue } from "#tests/setup/stepped-queue.ts";
import { createTestContext, startTestSandbox, type TestSandbox } from "#tests/setup/test-context.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

const clock = createManualClock();
let database: TestHandle;
let sandbox: TestSandbox;
let queue: SteppedQueue;
let context: AppContext;

beforeAll(async () => {
  database = await openTestHandle();
  sandbox = await startTestSandbox(clock);
});
beforeEach(async () => {
  await database.empty();
  queue = createSteppedQueue(clock);
  context = createTestContext(sandbox, { database, clock, queue });
});
afterAll(async () => {
  await sandbox?.close();
  await database?.close();
});

const models = { openai: "gpt-4o-mini", google: "gemini-2.5-flash-lite", anthropic: "claude-haiku-5-5" };

function launchOn(provider: ProviderId) {
  return launch(context, {
    lanes: [{ provider, model: models[provider], jobCount: 1, requestsPerJob: 4 }],
    prompts: { kind: "builtIn" },
  });
}

async function readJob() {
  const [job] = (await listJobs(context.db, jobFilterSchema.parse({}))).jobs;
  if (!job) throw new Error("There is no job.");
  return job;
}

describe.each(["openai", "google", "anthropic"] as const)("cancelling a job at %s", (provider) => {
  it("before it was sent ends it without a call", async () => {
    await launchOn(provider);
    const job = await readJob();
    expect(await requestCancel(context, [job.id], "user")).toEqual({ requestedCount: 1, skippedCount: 0 });
    await queue.drain(context);
    expect(await readJob()).toMatchObject({
      userStatus: "CANCELLED_ON_DEMAND",
      step: "done",
      providerJobId: null,
    });
  });

  it("while it runs ends as cancelled on demand, and asking twice changes nothing", async () => {
    await launchOn(provider);
    await queue.step(context);
    const job = await readJob();
    await requestCancel(context, [job.id], "user");
    expect(await requestCancel(context, [job.id], "user")).toEqual({ requestedCount: 0, skippedCount: 1 });
    await queue.drain(context);
    const ended = await readJob();
    expect(ended.step).toBe("done");
    expect(ended.cancelReason).toBe("user");
    expect(["CANCELLED_ON_DEMAND", "SUCCEEDED", "FAILED"]).toContain(ended.userStatus);
    if ((ended.counts.cancelled ?? 0) > 0 && (ended.counts.failed ?? 0) === 0) {
      expect(ended.userStatus).toBe("CANCELLED_ON_DEMAND");
    }
  });

  it("after it has ended is skipped", async () => {
    await launchOn(provider);
    await queue.drain(context);
    const job = await readJob();
    expect(await requestCancel(context, [job.id], "user")).toEqual({ requestedCount: 0, skippedCount: 1 });
  });
});

it("checking now brings the next look at a job forward", async () => {
  await launchOn("openai");
  await queue.step(context);
  const job = await readJob();
  expect(await check(context, [job.id])).toEqual({ requestedCount: 1 });
  expect(queue.waiting().filter((message) => message.name === "poll")).toHaveLength(1);
});
