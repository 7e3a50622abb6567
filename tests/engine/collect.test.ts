import { expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { collect } from "#lib/engine/collect.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

/** A provider that says it does not know the batch whose results are to be fetched. */
function forgetful(): AppContext {
  const real = world.context.providers.get("openai");
  const provider: BatchProvider = Object.assign(Object.create(real), {
    get: () =>
      Promise.reject(
        new ProviderError("No batch found.", { provider: "openai", kind: "not_found", isRetryable: false }),
      ),
  } satisfies Partial<BatchProvider>);
  return { ...world.context, providers: { ...world.context.providers, forAccount: () => provider } };
}

async function insertEndedJob(): Promise<void> {
  await world.context.db
    .insert(jobs)
    .values(
      jobRow.succeeded(60, { id: "job_1", step: "collect", endSeenAt: world.clock.now(), attempts: 4 }),
    );
}

it("does not give results up because of a 404 soon after the end, however often something failed before", async () => {
  await insertEndedJob();
  await collect(forgetful(), { jobId: "job_1" });
  expect((await world.readJobs())[0]).toMatchObject({ step: "collect", trouble: "No batch found." });
  expect(world.queue.waiting().some((message) => message.name === "collect")).toBe(true);
});

it("says that results cannot be had when the provider still denies the job after hours", async () => {
  await insertEndedJob();
  world.clock.advance(3 * 3_600);
  await collect(forgetful(), { jobId: "job_1" });
  expect((await world.readJobs())[0]).toMatchObject({
    step: "done",
    trouble: "The results cannot be fetched: No batch found.",
  });
});
