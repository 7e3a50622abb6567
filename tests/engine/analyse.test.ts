import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eq } from "drizzle-orm";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import { comparisonSchema, type ComparisonGroup } from "#lib/domain/comparison.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { readHeatMaps } from "#lib/engine/read-heat-maps.ts";
import { describeProviderJob } from "#lib/engine/record.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { providerJob } from "#tests/factories/provider-job.ts";
import { createManualClock, type ManualClock } from "#tests/setup/manual-clock.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

let database: TestHandle;
let clock: ManualClock;
let jobNumber = 0;

beforeAll(async () => {
  database = await openTestHandle();
});
beforeEach(async () => {
  await database.empty();
  clock = createManualClock();
  jobNumber = 0;
});
afterAll(() => database.close());

const compare = (input: Parameters<typeof compareTurnaround>[1] = {}) =>
  compareTurnaround({ db: database.db, clock }, input);
/** Sunday noon, when the clock of the tests starts, and later. */
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12) + seconds * 1000);

/** A job created at that second after noon that ended so many seconds later; null is still running. */
async function add(
  createdAt: number,
  seconds: number | null,
  change: Partial<NewJobRow> = {},
): Promise<void> {
  jobNumber += 1;
  const own = {
    id: `job_${jobNumber}`,
    providerJobId: `batch_${jobNumber}`,
    providerCreatedAt: at(createdAt),
  };
  const row =
    seconds === null
      ? jobRow.running({ ...own, ...change })
      : jobRow.succeeded(0, { ...own, providerEndedAt: at(createdAt + seconds), ...change });
  await database.db.insert(jobs).values(row);
}

async function onlyGroup(): Promise<ComparisonGroup> {
  const [group, ...others] = (await compare()).groups;
  if (!group || others.length > 0) throw new Error("There should be one group.");
  return group;
}

describe("a comparison", () => {
  it("is empty without jobs and survives the way to the browser", async () => {
    const comparison = await compare();
    expect(comparison).toMatchObject({ groups: [], logRank: null, pairwise: [], horizonSeconds: null });
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
  });

  it("tells lanes of one model with other parameters apart, when it is asked to", async () => {
    const launchedAt = at(0);
    const set = { name: "", notes: "", isSimulated: true, promptCount: 1, seed: 1, launchedAt };
    await database.db.insert(jobSets).values([
      { ...set, promptSource: "builtIn", id: "set_1" },
      { ...set, promptSource: "builtIn", id: "set_2" },
    ]);
    const lane = { jobSetId: "set_1", position: 0, provider: "openai", model: "gpt-4o-mini" } as const;
    const sizes = { task: "text", jobCount: 1, requestsPerJob: 3, maxOutputTokens: 64 } as const;
    const systemPrompt = "Answer briefly. ".repeat(20);
    await database.db.insert(lanes).values([
      { ...lane, ...sizes, id: "cool", parameters: { temperature: 0.2, systemPrompt } },
      { ...lane, ...sizes, id: "warm", parameters: { temperature: 1 } },
      // The same as the first, in another set and order of writing.
      { ...lane, ...sizes, jobSetId: "set_2", id: "cool_2", parameters: { systemPrompt, temperature: 0.2 } },
    ]);
    await add(0, 40, { laneId: "cool", jobSetId: "set_1", model: "gpt-4o-mini" });
    await add(0, 60, { laneId: "cool_2", jobSetId: "set_2", model: "gpt-4o-mini" });
    await add(0, 90, { laneId: "warm", jobSetId: "set_1", model: "gpt-4o-mini" });
    await add(0, 20, { model: "gpt-4o-mini", origin: "adopted" });
    expect((await compare({ groupBy: "model" })).groups).toHaveLength(1);
    const comparison = await compare({ groupBy: "settings" });
    const found = comparison.groups.map(({ settings, jobCount }) => [
      settings?.parameters.temperature,
      jobCount,
    ]);
    expect(found.toSorted()).toEqual(
      [
        [0.2, 2],
        [1, 1],
        [undefined, 1],
      ].toSorted(),
    );
    const cool = comparison.groups.find(({ settings }) => settings?.parameters.systemPrompt !== undefined);
    expect(cool?.settings).toMatchObject({ maxOutputTokens: 64 });
    expect(cool?.settings?.parameters.systemPrompt).toHaveLength(31);
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison);
    const paired = await compare({ groupBy: "settings", isPaired: true });
    expect(paired.groups.map(({ jobCount }) => jobCount).toSorted()).toEqual([1, 1, 2]);
  });

  it("works with a single open job, which is as old as the clock says", async () => {
    await add(0, null);
    clock.advance(90);
    const group = await onlyGroup();
    expect(group).toMatchObject({ jobCount: 1, unfinishedCount: 1, censoredAtSeconds: [90], box: null });
    expect(group.quantiles[0]).toMatchObject({ seconds: null, atLeastSeconds: 90 });
    expect(
      group.deliveredWithin.every(({ share, leftOutCount }) => share === null && leftOutCount === 1),
    ).toBe(true);
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(await compare())))).toEqual(await compare());
  });

  it("keeps apart what ended and what was delivered", async () => {
    await add(0, 10, { userStatus: "FAILED", countSucceeded: 0, countFailed: 3 });
    await add(0, 30);
    await add(0, 40, { countFailed: 1 });
    await add(0, 50, { userStatus: "CANCELLED_ON_DEMAND", countSucceeded: 0 });
    const group = await onlyGroup();
    expect(group).toMatchObject({
      deliveredCount: 2,
      partialCount: 1,
      notDeliveredCount: 1,
      cancelledCount: 1,
    });
    const shareAt = (curve: ComparisonGroup["curve"], seconds: number) =>
      curve.findLast((point) => point.seconds <= seconds)?.share;
    expect(shareAt(group.curve, 20)).toBe(0);
    expect(shareAt(group.endedCurve, 20)).toBeCloseTo(0.25, 12);
    expect(shareAt(group.curve, 45)).toBeCloseTo(0.5, 12);
    expect(shareAt(group.endedCurve, 45)).toBeCloseTo(0.75, 12);
    expect(group.balance.notDeliveredShare).toBeCloseTo(1 / 3, 12);
  });

  it("counts the share delivered in time among the jobs for which it is decided", async () => {
    await add(0, 3000);
    await add(0, 5000);
    await add(0, 60, { userStatus: "FAILED", countSucceeded: 0 });
    await add(0, null);
    await add(4000, null);
    await add(0, 100, { userStatus: "CANCELLED_ON_DEMAND", countSucceeded: 0 });
    clock.advance(4500);
    const [withinHour] = (await onlyGroup()).deliveredWithin;
    // Delivered: one. Missed: too late, failed, open for longer. Left out: the young open one and the cancelled one.
    expect(withinHour).toMatchObject({ deliveredCount: 1, watchedCount: 4, leftOutCount: 2, share: 0.25 });
    expect(withinHour?.lower).toBeCloseTo(0.0456, 4);
    expect(withinHour?.upper).toBeCloseTo(0.6994, 4);
  });

  it("tells stages, throughput and balance from the provider's times", async () => {
    await add(0, 100, {
      providerStartedAt: at(10),
      providerFinalizingAt: at(90),
      endSeenAt: at(103),
      totalTokens: 500,
      requestCount: 30,
    });
    const { stages, throughput, balance } = await onlyGroup();
    const medians = Object.values(stages).map((stage) => stage?.median);
    expect(medians).toEqual([10, 80, 10, 3]);
    expect(throughput.requestsPerMinute?.median).toBeCloseTo(18, 6);
    expect(throughput.tokensPerMinute?.median).toBeCloseTo(300, 6);
    expect(balance).toMatchObject({ firstLaunchedAt: at(0), lastLaunchedAt: at(0) });
    expect(balance.launchesByHour[12]).toBe(1);
    expect(balance.jobsBySize).toEqual([0, 0, 1, 0, 0, 0, 0]);
  });

  it("carries an end without a time as the interval between two checks", async () => {
    await add(0, null, { submittedAt: at(0), lastSeenOpenAt: at(120) });
    await database.db
      .update(jobs)
      .set({ userStatus: "SUCCEEDED", step: "done", endSeenAt: at(180) })
      .where(eq(jobs.id, "job_1"));
    await add(0, 60);
    const group = await onlyGroup();
    expect(group).toMatchObject({ intervalCount: 1, excludedCount: 0, deliveredCount: 2 });
    const points = group.curve.filter(({ seconds }) => seconds === 120 || seconds === 180);
    expect(points.map(({ share }) => share)).toEqual([0.5, 1]);
  });

  it("remembers the last check that found a job open, as the earliest that it can have ended", async () => {
    await add(0, null);
    const [row] = await database.db.select().from(jobs);
    if (!row) throw new Error("There should be a job.");
    const open = describeProviderJob(row, providerJob.running(), at(120));
    expect(open.lastSeenOpenAt).toEqual(at(120));
    const ended = describeProviderJob({ ...row, ...open }, providerJob.completed(), at(180));
    expect(ended).toMatchObject({ lastSeenOpenAt: at(120), endSeenAt: at(180) });
  });

  it("groups by hour and weekday of launch, and fills the heat map", async () => {
    await add(0, 10);
    await add(3600, 30);
    await add(86_400, 50);
    expect((await compare({ groupBy: "hour" })).groups.map(({ value }) => value)).toEqual(["12", "13"]);
    expect((await compare({ groupBy: "weekday" })).groups.map(({ value }) => value)).toEqual(["1", "7"]);
    expect(await readHeatMaps({ db: database.db }, {})).toEqual([
      {
        provider: "openai",
        cells: [
          { weekday: 1, hour: 12, jobCount: 1, deliveredCount: 1, medianSeconds: 50 },
          { weekday: 7, hour: 12, jobCount: 1, deliveredCount: 1, medianSeconds: 10 },
          { weekday: 7, hour: 13, jobCount: 1, deliveredCount: 1, medianSeconds: 30 },
        ],
      },
    ]);
  });

  it("follows every filter", async () => {
    await add(0, 10);
    await add(100, 10, { provider: "google", model: "gemini", requestCount: 1 });
    await add(200, 10, { provider: "anthropic", model: "claude", requestCount: 500 });
    const keys = async (input: Parameters<typeof compareTurnaround>[1]) =>
      (await compare(input)).groups.map(({ key }) => key);
    expect(await keys({ providers: ["google", "anthropic"] })).toEqual(["google", "anthropic"]);
    expect(await keys({ model: "claude" })).toEqual(["anthropic"]);
    expect(await keys({ size: "1" })).toEqual(["google"]);
    expect(await keys({ size: "101-1000", task: "text" })).toEqual(["anthropic"]);
    expect(await keys({ launchedFrom: at(100), launchedBefore: at(200) })).toEqual(["google"]);
    expect(await keys({ groupBy: "model" })).toEqual([
      "openai gpt-4o-mini",
      "google gemini",
      "anthropic claude",
    ]);
  });

  it("never mixes real and simulated jobs", async () => {
    await add(0, 10);
    expect(await compare()).toMatchObject({ isSimulated: true, hasOtherKind: false });
    await add(0, 99, { isSimulated: false, provider: "google" });
    const real = await compare();
    expect(real).toMatchObject({ isSimulated: false, hasOtherKind: true });
    expect(real.groups.map(({ key }) => key)).toEqual(["google"]);
    const simulated = await compare({ kind: "simulated" });
    expect(simulated.groups.map(({ key }) => key)).toEqual(["openai"]);
  });
});

describe("a paired comparison", () => {
  it("keeps only the jobs of waves in which every group launched", async () => {
    await add(0, 10);
    await add(60, 20, { provider: "google" });
    await add(600, 30);
    await add(900, 40, { provider: "google" });
    await add(1000, 50);
    const comparison = await compare({ isPaired: true });
    expect(comparison.pairing).toEqual({ waveMinutes: 5, waveCount: 2, jobCount: 4, leftOutCount: 1 });
    expect(comparison.groups.map(({ key, jobCount }) => [key, jobCount])).toEqual([
      ["openai", 2],
      ["google", 2],
    ]);
    const wider = await compare({ isPaired: true, waveMinutes: 60 });
    expect(wider.pairing).toMatchObject({ waveCount: 1, jobCount: 5, leftOutCount: 0 });
  });

  it("compares each job with those of its own wave", async () => {
    for (let wave = 0; wave < 8; wave += 1) {
      const load = wave % 2 === 0 ? 0 : 10_000;
      await add(wave * 300, 100 + load + wave);
      await add(wave * 300, 200 + load + wave, { provider: "google" });
    }
    const paired = await compare({ isPaired: true });
    const unpaired = await compare();
    expect(paired.pairwise).toMatchObject([{ keys: ["openai", "google"] }]);
    expect(paired.logRank?.pValue).toBeLessThan(0.01);
    expect(unpaired.logRank?.pValue).toBeGreaterThan(0.05);
  });
});
