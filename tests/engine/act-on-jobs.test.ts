import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { previewSelected } from "#lib/db/queries/selected-jobs.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { jobSelectionSchema, type BulkInput, type BulkProgress } from "#lib/domain/job-selection.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { actOnJobs } from "#lib/engine/act-on-jobs.ts";
import { csvOfJobs, jobsCsv } from "#lib/engine/jobs-csv.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import { launch } from "#lib/engine/launch.ts";
import { removeAtProvider } from "#lib/engine/remove-at-provider.ts";
import { resultsOfJobs } from "#lib/engine/results-of-jobs.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

const all = jobSelectionSchema.parse({ kind: "matching", filter: {} });

function launchOn(provider: ProviderId, jobCount = 1) {
  return launch(world.context, {
    lanes: [{ provider, model: testModels[provider], jobCount, requestsPerJob: 2 }],
    prompts: { kind: "builtIn" },
  });
}

async function act(verb: BulkInput["verb"], selection = all): Promise<BulkProgress[]> {
  const seen: BulkProgress[] = [];
  for await (const progress of actOnJobs(world.context, { verb, selection })) seen.push(progress);
  return seen;
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

async function onlyJob() {
  const [job] = await world.readJobs();
  if (!job) throw new Error("There is no job.");
  return job;
}

describe("an action on all jobs that match", () => {
  it("cancels every one although each leaves the filter, and says how far it is", async () => {
    await launchOn("openai", 7);
    const inProgress = jobSelectionSchema.parse({
      kind: "matching",
      filter: { statuses: ["IN_PROGRESS"] },
    });
    const seen = await act("cancel", inProgress);
    expect(seen[0]).toEqual({ totalCount: 7, doneCount: 0, failures: [], isFinished: false });
    expect(seen.at(-1)).toEqual({ totalCount: 7, doneCount: 7, failures: [], isFinished: true });
    const ended = await world.readJobs();
    expect(ended.map((job) => job.userStatus)).toEqual(Array(7).fill("CANCELLED_ON_DEMAND"));
  });

  it("leaves out what was taken out of the selection, and what was launched after it was made", async () => {
    await launchOn("openai", 2);
    const [kept] = await world.readJobs();
    const selection = jobSelectionSchema.parse({ kind: "matching", filter: {}, exceptIds: [kept?.id] });
    const now = world.clock.now();
    world.clock.advance(10);
    await launchOn("google", 1);
    const { groups } = await previewSelected(world.context.db, { verb: "cancel", selection, now });
    expect(groups).toEqual([
      { provider: "openai", userStatus: "IN_PROGRESS", jobCount: 1, applicableCount: 1 },
    ]);
  });

  it("checks the unfinished ones and leaves the others", async () => {
    await launchOn("openai", 2);
    await world.queue.drain(world.context);
    await launchOn("google", 3);
    expect((await act("check")).at(-1)).toMatchObject({ totalCount: 3, doneCount: 3 });
  });

  it("stops between two pages when the caller goes away", async () => {
    await launchOn("openai", 2);
    const controller = new AbortController();
    const seen: BulkProgress[] = [];
    for await (const progress of actOnJobs(
      world.context,
      { verb: "cancel", selection: all },
      controller.signal,
    )) {
      seen.push(progress);
      controller.abort();
    }
    expect(seen.map((progress) => progress.isFinished)).toEqual([false]);
    expect((await world.readJobs()).every((job) => job.observed.cancelRequestedAt === null)).toBe(true);
  });
});

describe.each(providerIds)("deleting at %s", (provider) => {
  it("removes the provider's copy and keeps ours, once", async () => {
    await launchOn(provider);
    await world.queue.drain(world.context);
    const before = await onlyJob();
    expect((await act("remove")).at(-1)).toMatchObject({ totalCount: 1, doneCount: 1, failures: [] });

    const after = await onlyJob();
    expect(after.observed.removedAtProviderAt).toEqual(world.clock.now());
    expect(after).toMatchObject({ userStatus: before.userStatus, collected: before.collected });
    expect(await world.context.storage.sizeBytes(rawResultsKey(after.id))).toBe(before.collected?.sizeBytes);
    const rows = await world.context.db
      .select()
      .from(requestResults)
      .where(eq(requestResults.jobId, after.id));
    expect(rows).toHaveLength(2);
    expect((await act("remove")).at(-1)).toMatchObject({ totalCount: 0, doneCount: 0 });
  });

  it("refuses a job that runs, and one whose results are not here", async () => {
    await launchOn(provider);
    await world.queue.step(world.context);
    const { id } = await onlyJob();
    await expect(removeAtProvider(world.context, { jobId: id })).rejects.toThrow(
      /still runs.*Cancel it first/,
    );
    await world.queue.drain(world.context);
    await world.context.db
      .update(jobs)
      .set({ resultLineCount: null, countSucceeded: 1 })
      .where(eq(jobs.id, id));
    await expect(removeAtProvider(world.context, { jobId: id })).rejects.toThrow(/only copy/);
    expect((await act("remove")).at(-1)).toMatchObject({ totalCount: 0 });
  });
});

it("tells the same refusal once with its number, and leaves a provider in peace that refuses everything", async () => {
  await launchOn("openai", 6);
  await world.queue.drain(world.context);
  await world.context.db.update(jobs).set({ account: "account-of-another" });
  const last = (await act("remove")).at(-1);
  expect(last).toMatchObject({ totalCount: 6, doneCount: 0 });
  expect(last?.failures).toEqual([
    { message: expect.stringContaining("belongs to another OpenAI account"), count: 6 },
  ]);
});

it("streams the results of many jobs with the job that each belongs to", async () => {
  await launchOn("openai", 1);
  await launchOn("anthropic", 1);
  await world.queue.drain(world.context);
  const lines = (await textOf(resultsOfJobs(world.context, all))).trim().split("\n");
  const results = lines.map((line): unknown => JSON.parse(line));
  expect(results).toHaveLength(4);
  for (const job of await world.readJobs()) {
    const own = { provider: job.provider, jobId: job.providerJobId, outcome: expect.any(String) };
    expect(results.filter((result) => expect.objectContaining(own).asymmetricMatch(result))).toHaveLength(2);
  }
});

it("writes the jobs of a filter as CSV in its order", async () => {
  await launchOn("google", 2);
  await launchOn("openai", 1);
  const csv = await textOf(jobsCsv(world.context, jobFilterSchema.parse({ providers: ["google"] })));
  const [header, ...rows] = csv.trimEnd().split("\r\n");
  expect(header).toMatch(/^provider,model,job_id,/);
  expect(rows).toHaveLength(2);
  expect(rows.every((row) => row.startsWith(`google,${testModels.google},`))).toBe(true);
});

it("writes the jobs that were picked, or all that match but some, as the same CSV", async () => {
  await launchOn("google", 3);
  const [first, second, third] = (await world.readJobs()).map((job) => job.id);
  if (!first || !second || !third) throw new Error("Three jobs were expected.");
  const idsOf = async (selection: unknown) => {
    const csv = await textOf(csvOfJobs(world.context, jobSelectionSchema.parse(selection)));
    return csv
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .map((row) => row.split(",")[3]);
  };
  expect(new Set(await idsOf({ kind: "some", jobIds: [third, first] }))).toEqual(new Set([first, third]));
  const filter = { providers: ["google"], sort: "launched", direction: "asc" };
  const ascending = await idsOf({ kind: "matching", filter, exceptIds: [second] });
  expect(new Set(ascending)).toEqual(new Set([first, third]));
  const descending = { ...filter, direction: "desc" };
  expect(await idsOf({ kind: "matching", filter: descending, exceptIds: [second] })).toEqual(
    ascending.toReversed(),
  );
});
