import { count, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { getJob } from "#lib/db/queries/get-job.ts";
import { getStorageUsage } from "#lib/db/queries/get-storage-usage.ts";
import { previewPrune } from "#lib/db/queries/prunable-jobs.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { PruneInput } from "#lib/domain/prune.ts";
import { launch } from "#lib/engine/launch.ts";
import { prune } from "#lib/engine/prune.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const day = 24 * 3_600;

/** Launches a set of two jobs and runs it to its end. */
async function runSet(name: string): Promise<string> {
  const { jobSetId } = await launch(world.context, {
    name,
    lanes: [{ provider: "openai", model: testModels.openai, jobCount: 2, requestsPerJob: 3 }],
    prompts: { kind: "builtIn" },
  });
  await world.queue.drain(world.context);
  return jobSetId;
}

function preview(input: PruneInput) {
  return previewPrune(world.context.db, input, world.clock.now());
}

async function rowCounts() {
  const { db } = world.context;
  const [jobCount] = await db.select({ value: count() }).from(jobs);
  const [setCount] = await db.select({ value: count() }).from(jobSets);
  const [lineCount] = await db.select({ value: count() }).from(requestResults);
  return { jobs: jobCount?.value, sets: setCount?.value, lines: lineCount?.value };
}

/** The provider's own view, which no deletion here may change. */
async function providerFiles(): Promise<number> {
  let readable = 0;
  const openai = world.context.providers.get("openai");
  for await (const seen of openai.list({ since: new Date(0) })) {
    for await (const bytes of openai.rawResults(seen)) readable += bytes.byteLength;
  }
  return readable;
}

it("shows how large things are, the largest set first", async () => {
  const jobSetId = await runSet("Measured");
  const usage = await getStorageUsage(world.database);
  expect(usage.database.sizeBytes).toBeGreaterThan(1_000_000);
  expect(usage.database.tables.every((table) => table.sizeBytes > 0 || table.name === "queue")).toBe(true);
  expect(usage.results).toMatchObject({ fileCount: 2, lineCount: 6 });
  expect(usage.jobSets).toEqual([
    {
      jobSetId,
      name: "Measured",
      jobCount: 2,
      fileCount: 2,
      lineCount: 6,
      sizeBytes: usage.results.sizeBytes,
    },
  ]);
  const [job] = await world.readJobs();
  const onDisk = await world.context.storage.sizeBytes(rawResultsKey(job?.id ?? ""));
  expect(job?.collected?.sizeBytes).toBe(onDisk);
});

it("deletes the results of old jobs, keeps the jobs with what is known of them, and touches no provider", async () => {
  await runSet("Old");
  world.clock.advance(10 * day);
  const youngId = await runSet("Young");
  const atProvider = await providerFiles();
  const input: PruneInput = { subject: "results", olderThanDays: 7, jobSetId: null };
  const expected = await preview(input);
  expect(expected).toMatchObject({ jobCount: 2, resultLineCount: 6, keptJobCount: 0 });

  expect(await prune(world.context, input)).toEqual({ jobCount: 2, resultBytes: expected.resultBytes });

  expect(await rowCounts()).toEqual({ jobs: 4, sets: 2, lines: 6 });
  for (const job of await world.readJobs()) {
    const isYoung = job.jobSetId === youngId;
    expect(await world.context.storage.sizeBytes(rawResultsKey(job.id))).toEqual(
      isYoung ? expect.any(Number) : null,
    );
    expect(job.observed.resultsPrunedAt).toEqual(isYoung ? null : world.clock.now());
    expect(job.collected).toMatchObject({ lineCount: 3 });
    expect(job.counts.succeeded).toBe(3);
  }
  expect(await providerFiles()).toBe(atProvider);
  expect(await preview(input)).toMatchObject({ jobCount: 0 });
  expect(await prune(world.context, input)).toEqual({ jobCount: 0, resultBytes: 0 });
});

it("deletes a job set with everything that belongs to it", async () => {
  const goneId = await runSet("Gone");
  await runSet("Stays");
  const [gone] = (await world.readJobs()).filter((job) => job.jobSetId === goneId);
  const input: PruneInput = { subject: "jobs", olderThanDays: null, jobSetId: goneId };
  expect(await preview(input)).toMatchObject({ jobCount: 2, keptJobCount: 0 });
  await prune(world.context, input);
  expect(await rowCounts()).toEqual({ jobs: 2, sets: 1, lines: 6 });
  expect(await getJob(world.context.db, gone?.id ?? "")).toBeNull();
  expect(await world.context.storage.sizeBytes(rawResultsKey(gone?.id ?? ""))).toBeNull();
});

it("leaves a set whole as long as one of its jobs has not ended", async () => {
  const jobSetId = await runSet("Half way");
  const [first] = await world.readJobs();
  await world.context.db
    .update(jobs)
    .set({ step: "poll" })
    .where(eq(jobs.id, first?.id ?? ""));
  for (const olderThanDays of [null, 0]) {
    const input: PruneInput = { subject: "jobs", olderThanDays, jobSetId };
    expect(await preview(input)).toMatchObject({ jobCount: 0, keptJobCount: 2 });
    expect(await prune(world.context, input)).toEqual({ jobCount: 0, resultBytes: 0 });
  }
  expect(await rowCounts()).toMatchObject({ jobs: 2, sets: 1 });
});

it("goes on after a store that was away", async () => {
  await runSet("Stubborn");
  const input: PruneInput = { subject: "jobs", olderThanDays: 0, jobSetId: null };
  const away = {
    ...world.context,
    storage: {
      ...world.context.storage,
      remove: () => Promise.reject(new AppError("storage", "The store is away.")),
    },
  };
  await expect(prune(away, input)).rejects.toMatchObject({ code: "storage" });
  expect(await rowCounts()).toEqual({ jobs: 2, sets: 1, lines: 6 });
  await prune(world.context, input);
  expect(await rowCounts()).toEqual({ jobs: 0, sets: 0, lines: 0 });
});
