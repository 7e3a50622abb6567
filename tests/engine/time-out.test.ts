import { describe, expect, it } from "vitest";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { launch } from "#lib/engine/launch.ts";
import { replaceProvider } from "#tests/setup/replace-provider.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const providers = ["openai", "google", "anthropic"] as const;

function launchOn(lanes: readonly ProviderId[], timeOutHours?: number) {
  return launch(world.context, {
    lanes: lanes.map((provider) => ({
      provider,
      model: testModels[provider],
      jobCount: 1,
      requestsPerJob: 2,
    })),
    prompts: { kind: "builtIn" },
    ...(timeOutHours === undefined ? {} : { timeOutHours }),
  });
}

describe("the time-out of a job set", () => {
  it("is a day unless chosen", async () => {
    await launchOn(["google"]);
    expect((await world.context.db.select().from(jobSets))[0]?.timeOutHours).toBe(24);
  });

  it.each([
    [["google"], 48],
    [["openai", "anthropic"], 24],
    [["openai"], 1],
  ] as const)("for %s may be %i h", async (lanes, hours) => {
    await expect(launchOn(lanes, hours)).resolves.toBeDefined();
  });

  it.each([
    [["google"], 49],
    [["google", "openai"], 25],
    [["anthropic"], 48],
    [["openai"], 0],
    [["openai"], 1.5],
  ] as const)("for %s may not be %s h", async (lanes, hours) => {
    const refused = await launchOn(lanes, hours).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code: "invalid_input", problems: [{ field: "timeOutHours" }] });
  });
});

describe.each(providers)("a job at %s that runs for longer than its set allows", (provider) => {
  it("is cancelled once and ends as timed out, whatever the provider calls it", async () => {
    await launchOn([provider], 1);
    let cancelCount = 0;
    let isStuck = true;
    const stuck = replaceProvider(world.context, provider, (real) => ({
      async get(id, options) {
        const seen = await real.get(id, options);
        const running = provider === "google" ? "BATCH_STATE_RUNNING" : "in_progress";
        return isStuck ? { ...seen, serviceStatus: running, hasEnded: false, hasResults: false } : seen;
      },
      async cancel(id, options) {
        cancelCount += 1;
        isStuck = false;
        const seen = await real.get(id, options);
        const cancelled = { openai: "cancelled", google: "BATCH_STATE_CANCELLED", anthropic: "ended" };
        const counts = { ...seen.counts, succeeded: 0, failed: 0, cancelled: 2 };
        return { ...seen, counts, serviceStatus: cancelled[provider], hasEnded: true, hasResults: false };
      },
    }));
    const startedAtMs = world.clock.now().getTime();
    await world.queue.step(stuck);
    world.clock.advance(3_500);
    await world.queue.drain(stuck, () => cancelCount > 0);
    const waitedSeconds = (world.clock.now().getTime() - startedAtMs) / 1000;
    expect(waitedSeconds).toBeGreaterThanOrEqual(3_600);
    expect(waitedSeconds).toBeLessThan(3_600 + 60);
    expect((await world.readJobs())[0]).toMatchObject({
      userStatus: "CANCELLED_TIMED_OUT",
      cancelReason: "time_out",
    });
    await world.queue.drain(stuck);
    expect(cancelCount).toBe(1);
    expect((await world.readJobs())[0]?.userStatus).toBe("CANCELLED_TIMED_OUT");
  });
});
