import { expect, it } from "vitest";
import { readEndEstimates } from "#lib/db/queries/end-estimates.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { poll } from "#lib/engine/poll.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { providerJob } from "#tests/factories/provider-job.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const target = { provider: "openai", account: "account" } as const;

it("estimates the end of the jobs that a poll finds running, and shows it with the job", async () => {
  const provider: BatchProvider = Object.assign(Object.create(world.context.providers.get("openai")), {
    account: target.account,
    get: async (id: string) => providerJob.running({ id }),
  } satisfies Partial<BatchProvider>);
  const providers = { ...world.context.providers, get: () => provider, forAccount: () => provider };
  const now = world.clock.now();
  await world.context.db
    .insert(jobs)
    .values([
      ...Array.from({ length: 50 }, (_, index) =>
        jobRow.succeeded(60 + index, { id: `ended_${index}`, providerJobId: `ended_${index}` }),
      ),
      jobRow.running({ id: "running", providerJobId: "running", providerCreatedAt: now, nextCheckAt: now }),
    ]);
  await poll({ ...world.context, providers }, target);
  const estimate = (await readEndEstimates(world.context.db, ["running"])).get("running");
  expect(estimate).toMatchObject({ basis: "model_and_size", jobCount: 50 });
  const shown = (await world.readJobs()).find((job) => job.id === "running");
  expect(shown?.estimate).toEqual(estimate);
});
