import { expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import { collect } from "#lib/engine/collect.ts";
import { poll } from "#lib/engine/poll.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { providerJob } from "#tests/factories/provider-job.ts";
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

it("fetches what a batch that failed as a whole has answered before", async () => {
  const real = world.context.providers.get("openai");
  const lines = ["one", "two"].map((text, index) =>
    JSON.stringify({
      id: `batch_req_${index}`,
      custom_id: `0123456789abcdef-${index}`,
      response: {
        status_code: 200,
        body: {
          choices: [{ message: { role: "assistant", content: text }, finish_reason: "stop" }],
          usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
        },
      },
      error: null,
    }),
  );
  const failed = providerJob.completed({
    id: "batch_1",
    serviceStatus: "failed",
    counts: { ...unknownCounts, total: 3, succeeded: 2, failed: 0 },
    failure: { code: "token_limit_exceeded", message: "The account's queue is full." },
  });
  const provider: BatchProvider = Object.assign(Object.create(real), {
    account: real.account,
    get: () => Promise.resolve(failed),
    list: async function* () {},
    rawResults: async function* () {
      yield new TextEncoder().encode(`${lines.join("\n")}\n`);
    },
  } satisfies Partial<BatchProvider>);
  const context = {
    ...world.context,
    providers: { ...world.context.providers, get: () => provider, forAccount: () => provider },
  };
  const { account } = real;
  await context.db.insert(jobs).values(
    jobRow.running({
      id: "job_1",
      account,
      providerJobId: "batch_1",
      requestCount: 3,
      nonce: "0123456789abcdef",
      nextCheckAt: world.clock.now(),
    }),
  );

  await poll(context, { provider: "openai", account });
  await collect(context, { jobId: "job_1" });

  const [job] = await world.readJobs();
  expect(job).toMatchObject({
    userStatus: "FAILED",
    step: "done",
    failure: { code: "token_limit_exceeded" },
    counts: { succeeded: 2 },
    collected: { lineCount: 2 },
  });
});
