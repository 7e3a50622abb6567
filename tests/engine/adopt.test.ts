import { eq, isNotNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AppContext } from "#lib/context.ts";
import { getOverview } from "#lib/db/queries/get-overview.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { AccountJob } from "#lib/domain/account-job.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { adopt } from "#lib/engine/adopt.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { launch } from "#lib/engine/launch.ts";
import { listRecentJobs } from "#lib/engine/list-recent-jobs.ts";
import { poll } from "#lib/engine/poll.ts";
import { readResults } from "#lib/engine/read-results.ts";
import type { BatchProvider } from "#lib/providers/provider.ts";
import { resultFilterSchema } from "#lib/domain/result-page.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { providerJob } from "#tests/factories/provider-job.ts";
import { testModels, useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();
const hour = 3_600;

async function adoptAll(
  provider: ProviderId,
  { hours = 36, providerJobIds = null as string[] | null, context = world.context } = {},
): Promise<number> {
  let adoptedCount = 0;
  for await (const { adopted } of adopt(context, { provider, hours, providerJobIds })) {
    adoptedCount += adopted.length;
  }
  return adoptedCount;
}

async function recentJobs(provider: ProviderId, hours = 36): Promise<AccountJob[]> {
  const listed: AccountJob[] = [];
  for await (const chunk of listRecentJobs(world.context, { provider, hours })) listed.push(...chunk.jobs);
  return listed;
}

/** The context in which one provider's create call does its work and then loses its answer. */
function withLostAnswers(provider: ProviderId): AppContext {
  const real = world.context.providers.get(provider);
  const lossy: BatchProvider = Object.assign(Object.create(real), {
    submit: async (...args: Parameters<BatchProvider["submit"]>) => {
      await real.submit(...args);
      throw new ProviderError("The connection broke.", { provider, kind: "unreachable", isRetryable: true });
    },
  });
  return withProvider(lossy);
}

function withProvider(provider: BatchProvider): AppContext {
  const providers = { ...world.context.providers, get: () => provider, forAccount: () => provider };
  return { ...world.context, providers };
}

describe.each(providerIds)("jobs of the account at %s", (provider) => {
  it("are listed newest first within the hours asked for, and imported with times, counts and results", async () => {
    await world.makeBatch({ provider, state: "completed", ageSeconds: 30 * hour, turnaroundSeconds: 5_400 });
    await world.makeBatch({ provider, state: "running", ageSeconds: 2 * hour, requests: 7 });
    await world.makeBatch({ provider, state: "completed", ageSeconds: 50 * hour, turnaroundSeconds: hour });

    const listed = await recentJobs(provider);
    expect(listed.map(({ userStatus, state }) => [userStatus, state])).toEqual([
      ["IN_PROGRESS", "new"],
      ["SUCCEEDED", "new"],
    ]);
    expect(await recentJobs(provider, 72)).toHaveLength(3);

    expect(await adoptAll(provider)).toBe(2);
    const waiting = () => world.queue.waiting().some((message) => message.name === "collect");
    await world.queue.drain(world.context, () => !waiting());
    const [running, completed] = await world.readJobs();
    expect(running).toMatchObject({
      origin: "adopted",
      userStatus: "IN_PROGRESS",
      step: "poll",
      jobSetId: null,
      counts: { total: 7 },
    });
    expect(completed).toMatchObject({
      userStatus: "SUCCEEDED",
      step: "done",
      isSimulated: true,
      counts: { total: 3, succeeded: 3 },
      collected: { lineCount: 3 },
    });
    expect(completed && turnaroundSecondsOf(completed.reported)).toBe(5_400);
    const results = await readResults(world.context.db, completed?.id ?? "", resultFilterSchema.parse({}));
    expect(results?.rows.map((row) => row.outcome)).toEqual(["succeeded", "succeeded", "succeeded"]);
    const withRaw = await world.context.db.select().from(jobs).where(isNotNull(jobs.raw));
    expect(withRaw).toHaveLength(2);
    expect((await recentJobs(provider)).map(({ state, jobId }) => [state, jobId])).toEqual([
      ["known", running?.id],
      ["known", completed?.id],
    ]);
  });

  it("are listed with how their requests came out, and judged as here where we know who cancelled them", async () => {
    await world.makeBatch({ provider, state: "cancelled", requests: 4, progress: 0.5 });
    await adoptAll(provider);
    const before = await recentJobs(provider);
    expect(before).toMatchObject([{ userStatus: "CANCELLED_ON_DEMAND", counts: { total: 4 } }]);
    const [cancelled] = await world.readJobs();
    expect(before[0]?.counts).toEqual(cancelled?.counts);
    await world.context.db.update(jobs).set({ cancelReason: "time_out" });
    expect(await recentJobs(provider)).toMatchObject([{ userStatus: "CANCELLED_TIMED_OUT", state: "known" }]);
  });

  it("are imported once, however often", async () => {
    for (let age = 1; age <= 5; age += 1) {
      await world.makeBatch({ provider, state: "running", ageSeconds: age * 60 });
    }
    expect(await adoptAll(provider)).toBe(5);
    const before = await world.readJobs();
    expect(await adoptAll(provider)).toBe(0);
    expect(await world.readJobs()).toEqual(before);
  });

  it("are imported once by two imports at the same time", async () => {
    for (const ageSeconds of [60, 120, 180])
      await world.makeBatch({ provider, state: "running", ageSeconds });
    const { db } = world.context;
    let quickerCount = 0;
    // The other import comes in between, when this one has found all three to be new.
    const overtaken: AppContext["db"] = Object.assign(Object.create(db), {
      transaction: async (...args: Parameters<typeof db.transaction>) => {
        quickerCount += await adoptAll(provider);
        return db.transaction(...args);
      },
    });
    expect(await adoptAll(provider, { context: { ...world.context, db: overtaken } })).toBe(0);
    expect(quickerCount).toBe(3);
    expect(await world.readJobs()).toHaveLength(3);
  });

  it("are imported by choice", async () => {
    for (const ageSeconds of [60, 120, 180])
      await world.makeBatch({ provider, state: "running", ageSeconds });
    const [, middle] = await recentJobs(provider);
    const providerJobIds = [middle?.providerJobId ?? ""];
    expect(await adoptAll(provider, { providerJobIds })).toBe(1);
    expect((await recentJobs(provider)).map(({ state }) => state)).toEqual(["new", "known", "new"]);
  });

  it("are not adopted while they may be the outcome of our own submission, and are ours afterwards", async () => {
    await launch(world.context, {
      lanes: [{ provider, model: testModels[provider], jobCount: 1, requestsPerJob: 2 }],
      prompts: { kind: "builtIn" },
    });
    await world.queue.step(withLostAnswers(provider));
    expect((await world.readJobs())[0]?.providerJobId).toBeNull();

    expect((await recentJobs(provider)).map(({ state }) => state)).toEqual(["submitting"]);
    expect(await adoptAll(provider)).toBe(0);

    await world.queue.drain(world.context);
    const all = await world.readJobs();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ origin: "launched", userStatus: "SUCCEEDED", step: "done" });
    expect((await recentJobs(provider)).map(({ state }) => state)).toEqual(["known"]);
    expect(await adoptAll(provider)).toBe(0);
  });
});

it("never cancels an adopted job, however long it runs", async () => {
  const running = { ...world.context.providers.get("google") };
  const seen = providerJob.running({
    provider: "google",
    id: "batches/long",
    serviceStatus: "BATCH_STATE_RUNNING",
    timestamps: { ...providerJob.running().timestamps, createdAt: world.clock.now() },
  });
  running.list = async function* () {
    yield seen;
  };
  running.get = () => Promise.resolve(seen);
  running.cancel = () => Promise.reject(new Error("It must not be cancelled."));
  const context = withProvider(running);
  await adoptAll("google", { context });
  world.clock.advance(30 * hour);
  await poll(context, { provider: "google", account: running.account });
  const [job] = await world.readJobs();
  expect(job).toMatchObject({ userStatus: "IN_PROGRESS", cancelReason: null });
  expect(job?.observed).toMatchObject({ cancelRequestedAt: null, lastCheckedAt: world.clock.now() });
});

it("says that results are gone when the provider has let go of them, and does not ask for attention for ever", async () => {
  await world.makeBatch({
    provider: "openai",
    state: "completed",
    ageSeconds: 30 * hour,
    turnaroundSeconds: hour,
  });
  await adoptAll("openai");
  const openai = world.context.providers.get("openai");
  const providerJobId = (await recentJobs("openai"))[0]?.providerJobId ?? "";
  await openai.remove(providerJobId);
  const importedAt = world.clock.now();
  await world.queue.drain(world.context);
  // No two hours of waiting: it ended long ago.
  expect(world.clock.now().getTime() - importedAt.getTime()).toBeLessThan(5 * 60_000);
  const [job] = await world.readJobs();
  expect(job).toMatchObject({ userStatus: "SUCCEEDED", step: "done", collected: null });
  expect(job?.trouble).toContain("results cannot be fetched");
  // It ended a day before: neither among what has just ended nor among what needs somebody.
  expect(
    await getOverview(
      world.context.db,
      { since: new Date(world.clock.now().getTime() - 24 * hour * 1000), isFirstVisit: true },
      world.clock.now(),
    ),
  ).toMatchObject({
    ended: { jobCount: 0 },
    attentionCount: 0,
  });
});

it("says at once that results are gone where the provider says so itself", async () => {
  await world.makeBatch({
    provider: "anthropic",
    state: "completed",
    ageSeconds: 40 * 24 * hour,
    turnaroundSeconds: hour,
  });
  await adoptAll("anthropic", { hours: 2_000 });
  const [job] = await world.readJobs();
  expect(job).toMatchObject({ userStatus: "SUCCEEDED", step: "done" });
  expect(job?.trouble).toContain("no longer has the results");
});

it("takes a job that another key of the same account launched for known", async () => {
  await world.makeBatch({ provider: "openai", state: "running", ageSeconds: 60 });
  const providerJobId = (await recentJobs("openai"))[0]?.providerJobId ?? "";
  await world.context.db.insert(jobs).values(jobRow.running({ providerJobId, account: "older-key" }));
  expect(await adoptAll("openai")).toBe(0);
});

it("adopts a batch whose name is that of a settled job: it was made twice and must be seen", async () => {
  const id = "job_1111111111111111";
  await world.context.db.insert(jobs).values(jobRow.running({ id, providerJobId: "batch_other" }));
  await world.makeBatch({
    provider: "openai",
    state: "running",
    ageSeconds: 60,
    metadata: { batchmark_job: id },
  });
  expect(await adoptAll("openai")).toBe(1);
});

it("leaves the other providers alone when one fails", async () => {
  for (const provider of providerIds) await world.makeBatch({ provider, state: "running", ageSeconds: 60 });
  const refused = world.createContext({ apiKey: "invalid" });
  await expect(adoptAll("google", { context: refused })).rejects.toMatchObject({ kind: "authentication" });
  expect(await adoptAll("openai")).toBe(1);
  expect(await adoptAll("anthropic")).toBe(1);
});

it("compares adopted jobs on their own", async () => {
  await world.makeBatch({
    provider: "openai",
    state: "completed",
    ageSeconds: 9_000,
    turnaroundSeconds: hour,
  });
  await adoptAll("openai");
  await world.context.db
    .insert(jobs)
    .values(
      jobRow.succeeded(60, { id: "job_2222222222222222", provider: "openai", providerJobId: "batch_x" }),
    );
  const filter = { jobSetId: null, model: null };
  const all = await compareTurnaround(world.context, { ...filter, origin: null });
  const adopted = await compareTurnaround(world.context, { ...filter, origin: "adopted" });
  expect(all.groups[0]?.jobCount).toBe(2);
  expect(all.origins.toSorted()).toEqual(["adopted", "launched"]);
  expect(adopted.groups.map(({ provider, jobCount }) => [provider, jobCount])).toEqual([["openai", 1]]);
  expect(adopted.groups[0]?.quantiles[0]?.seconds).toBe(hour);
  expect(await world.context.db.select().from(jobs).where(eq(jobs.origin, "adopted"))).toHaveLength(1);
});
