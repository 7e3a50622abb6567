import { afterAll, beforeAll, expect, it } from "vitest";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import { jobSetDetailSchema } from "#lib/domain/job-set-summary.ts";
import { readJobSet } from "#lib/engine/read-job-set.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { createManualClock } from "#tests/setup/manual-clock.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

let database: TestHandle;
const clock = createManualClock();
const launchedAt = new Date(clock.now().getTime() - 600_000);

beforeAll(async () => {
  database = await openTestHandle();
  await database.db.insert(jobSets).values({
    id: "set_1",
    name: "Two lanes",
    notes: "",
    isSimulated: true,
    promptSource: "builtIn",
    promptCount: 10,
    seed: 1,
    launchedAt,
  });
  const lane = {
    jobSetId: "set_1",
    provider: "openai",
    task: "text",
    requestsPerJob: 3,
    maxOutputTokens: 64,
  } as const;
  await database.db.insert(lanes).values([
    { ...lane, id: "lane_a", position: 0, model: "gpt-4o-mini", jobCount: 4 },
    { ...lane, id: "lane_b", position: 1, model: "gpt-4o", jobCount: 2 },
  ]);
  const job = (id: string) => ({
    id,
    providerJobId: id,
    jobSetId: "set_1",
    laneId: "lane_a",
    launchedAt,
    providerCreatedAt: launchedAt,
  });
  const endedAfter = (seconds: number) => new Date(launchedAt.getTime() + seconds * 1000);
  await database.db.insert(jobs).values([
    jobRow.succeeded(0, { ...job("a"), providerEndedAt: endedAfter(40) }),
    jobRow.succeeded(0, { ...job("b"), providerEndedAt: endedAfter(60), countSucceeded: 1, countFailed: 2 }),
    jobRow.succeeded(0, {
      ...job("c"),
      providerEndedAt: endedAfter(80),
      userStatus: "FAILED",
      countSucceeded: 1,
      countFailed: 2,
    }),
    jobRow.running(job("d")),
    jobRow({ id: "e", jobSetId: "set_1", laneId: "lane_b" }),
    jobRow({ id: "f", jobSetId: "set_1", laneId: "lane_b", userStatus: "FAILED", step: "done" }),
  ]);
});
afterAll(() => database?.close());

it("knows how far each lane is, what is partial, and how long its jobs take with the open ones counted in", async () => {
  const jobSet = await readJobSet({ db: database.db, clock }, "set_1");
  expect(jobSet).toMatchObject({
    statusCounts: { SUCCEEDED: 2, FAILED: 2, IN_PROGRESS: 2 },
    jobCount: 6,
    submittedCount: 4,
    // The sixth ended before it was sent.
    waitingCount: 1,
    partialCounts: { SUCCEEDED: 1, FAILED: 1 },
    laneTurnarounds: {
      lane_a: {
        jobCount: 4,
        deliveredCount: 3,
        unfinishedCount: 1,
        median: { seconds: 70 },
        isTailOpen: true,
      },
      lane_b: { jobCount: 0, median: { seconds: null }, canReachMedian: false },
    },
  });
  expect(jobSet?.laneTurnarounds["lane_a"]?.curve.at(-1)).toMatchObject({ seconds: 600, share: 0.75 });
});

it("comes to the browser as it is", async () => {
  const jobSet = await readJobSet({ db: database.db, clock }, "set_1");
  expect(jobSet).toMatchObject(jobSetDetailSchema.parse(JSON.parse(JSON.stringify(jobSet))));
});

it("is nothing for an unknown id", async () => {
  expect(await readJobSet({ db: database.db, clock }, "set_2")).toBeNull();
});
