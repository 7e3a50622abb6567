import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { jobs } from "#lib/db/schema/jobs.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { resultFilterSchema } from "#lib/domain/result-page.ts";
import { launch } from "#lib/engine/launch.ts";
import { readResults } from "#lib/engine/read-results.ts";
import { poll } from "#lib/engine/poll.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const providers = ["openai", "google", "anthropic"] as const;
const madeSchema = z.object({ id: z.string(), doneRequests: z.number() });

beforeEach(() => world.queue.clear());

/** A batch that ended at the provider in this state, and the row that knows it as running. */
async function endedBatch(provider: ProviderId, state: string) {
  const made = await world.control("batches", {
    provider,
    state,
    requests: 10,
    progress: 0.6,
    ageSeconds: state === "expired" ? 50 * 3_600 : 3_600,
  });
  const batch = madeSchema.parse(made);
  const { account } = world.context.providers.get(provider);
  const now = world.clock.now();
  await world.context.db.insert(jobs).values(
    jobRow.running({
      id: "job_1",
      provider,
      account,
      origin: "adopted",
      nonce: null,
      timeOutSeconds: null,
      requestCount: 10,
      providerJobId: batch.id,
      nextCheckAt: now,
      launchedAt: now,
    }),
  );
  await poll(world.context, { provider, account });
  await world.queue.drain(world.context);
  const [job] = await world.readJobs();
  if (!job) throw new Error("There is no job.");
  return { batch, job };
}

describe.each(providers)("everything that %s was paid for is collected", (provider) => {
  // Anthropic has no batch that fails as a whole.
  const failed = provider === "anthropic" ? [] : ["failed"];
  it.each(["completed", ...failed, "cancelled", "expired"])("from a job that is %s", async (state) => {
    const { batch, job } = await endedBatch(provider, state);
    expect(job).toMatchObject({ step: "done", trouble: null });
    if (job.collected === null) {
      // Google gives nothing of a batch that did not succeed.
      expect(provider).toBe("google");
      expect(state).not.toBe("completed");
      return;
    }
    const page = await readResults(world.context.db, job.id, resultFilterSchema.parse({}));
    expect(page?.total).toBe(job.collected.lineCount);
    const answered = (job.counts.succeeded ?? 0) + (job.counts.failed ?? 0);
    expect(answered).toBeGreaterThanOrEqual(Math.min(batch.doneRequests, 10));
    expect(await world.context.storage.sizeBytes(rawResultsKey(job.id))).toBe(job.collected.sizeBytes);
  });
});

async function launchOne(provider: ProviderId) {
  await launch(world.context, {
    lanes: [{ provider, model: testModels[provider], jobCount: 1, requestsPerJob: 20 }],
    prompts: { kind: "builtIn" },
  });
}

describe.each(providers)("results of %s", (provider) => {
  it("that are cut off on their way are fetched again and complete", async () => {
    await world.control("faults", { kind: "truncate", provider, bytes: 700, times: 2 });
    await launchOne(provider);
    await world.queue.drain(world.context);
    const [job] = await world.readJobs();
    expect(job).toMatchObject({ step: "done", trouble: null, collected: { lineCount: 20 } });
    expect(await world.context.db.$count(requestResults)).toBe(20);
  });

  it("stay readable after the provider has deleted them", async () => {
    await launchOne(provider);
    await world.queue.drain(world.context);
    const [job] = await world.readJobs();
    await world.context.providers.get(provider).remove(job?.providerJobId ?? "");
    const page = await readResults(world.context.db, job?.id ?? "", resultFilterSchema.parse({}));
    expect(page?.rows.every((row) => row.outcome === "succeeded" && row.prompt !== null)).toBe(true);
    const size = await world.context.storage.sizeBytes(rawResultsKey(job?.id ?? ""));
    expect(size).toBe(job?.collected?.sizeBytes);
  });

  it("wait for room when the disk is full, and say so", async () => {
    await launchOne(provider);
    let isFull = true;
    const { storage } = world.context;
    const full = {
      ...world.context,
      storage: {
        ...storage,
        write: (key: string, bytes: AsyncIterable<Uint8Array>) =>
          isFull
            ? Promise.reject(new AppError("limit", "The disk that holds the results is full. Make room."))
            : storage.write(key, bytes),
      },
    };
    const isTroubled = async () => (await world.readJobs())[0]?.trouble !== null;
    await world.queue.drain(full, isTroubled);
    const [waiting] = await world.readJobs();
    expect(waiting).toMatchObject({ step: "collect", userStatus: "SUCCEEDED", collected: null });
    expect(waiting?.trouble).toMatch(/disk .* is full\. Make room/);
    isFull = false;
    await world.queue.drain(full);
    expect((await world.readJobs())[0]).toMatchObject({
      step: "done",
      trouble: null,
      collected: { lineCount: 20 },
    });
  });
});

it("replaces what a process that died in the middle had stored", async () => {
  await launchOne("openai");
  const isCollecting = async () => (await world.readJobs())[0]?.step === "collect";
  await world.queue.drain(world.context, isCollecting);
  const [job] = await world.readJobs();
  const half = Array.from({ length: 7 }, (_, index) => ({
    jobId: job?.id ?? "",
    lineNumber: index + 1,
    offsetBytes: 0,
    lengthBytes: 1,
    errorMessage: "half",
  }));
  await world.context.db.insert(requestResults).values(half);
  await world.queue.drain(world.context);
  const rows = await world.context.db.select().from(requestResults);
  expect(rows).toHaveLength(20);
  expect(rows.some((row) => row.errorMessage === "half")).toBe(false);
});
