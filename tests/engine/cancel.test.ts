import { describe, expect, it } from "vitest";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { requestCancel } from "#lib/engine/cancel.ts";
import { check } from "#lib/engine/check.ts";
import { launch } from "#lib/engine/launch.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

function launchOn(provider: ProviderId) {
  return launch(world.context, {
    lanes: [{ provider, model: testModels[provider], jobCount: 1, requestsPerJob: 4 }],
    prompts: { kind: "builtIn" },
  });
}

async function readJob() {
  const [job] = (await listJobs(world.context.db, jobFilterSchema.parse({}))).jobs;
  if (!job) throw new Error("There is no job.");
  return job;
}

describe.each(["openai", "google", "anthropic"] as const)("cancelling a job at %s", (provider) => {
  it("before it was sent ends it without a call", async () => {
    await launchOn(provider);
    const job = await readJob();
    expect(await requestCancel(world.context, [job.id], "user")).toEqual({
      requestedCount: 1,
      skippedCount: 0,
    });
    await world.queue.drain(world.context);
    expect(await readJob()).toMatchObject({
      userStatus: "CANCELLED_ON_DEMAND",
      step: "done",
      providerJobId: null,
    });
  });

  it("while it runs ends as cancelled on demand, and asking twice changes nothing", async () => {
    await launchOn(provider);
    await world.queue.step(world.context);
    const job = await readJob();
    await requestCancel(world.context, [job.id], "user");
    expect(await requestCancel(world.context, [job.id], "user")).toEqual({
      requestedCount: 0,
      skippedCount: 1,
    });
    await world.queue.drain(world.context);
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
    await world.queue.drain(world.context);
    const job = await readJob();
    expect(await requestCancel(world.context, [job.id], "user")).toEqual({
      requestedCount: 0,
      skippedCount: 1,
    });
  });
});

it("checking now brings the next look at a job forward", async () => {
  await launchOn("openai");
  await world.queue.step(world.context);
  const job = await readJob();
  expect(await check(world.context, [job.id])).toEqual({ requestedCount: 1 });
  expect(world.queue.waiting().filter((message) => message.name === "poll")).toHaveLength(1);
});
