import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { readRecentTurnaround } from "#lib/engine/read-recent-turnaround.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { createManualClock, type ManualClock } from "#tests/setup/manual-clock.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

const hour = 3_600;
const day = 24 * hour;
let database: TestHandle;
let clock: ManualClock;
let context: { db: TestHandle["db"]; clock: ManualClock };

beforeAll(async () => {
  database = await openTestHandle();
});
beforeEach(async () => {
  await database.empty();
  clock = createManualClock(new Date("2026-11-22T12:20:00.000Z"));
  context = { db: database.db, clock };
});
afterAll(() => database?.close());

const ago = (seconds: number) => new Date(clock.now().getTime() - seconds * 1000);
const recent = () => readRecentTurnaround(context);

/** Jobs created so long ago that took these seconds. */
async function endJobs(createdSecondsAgo: number, turnarounds: number[], change: Partial<NewJobRow> = {}) {
  const createdAt = ago(createdSecondsAgo);
  const prefix = JSON.stringify([createdSecondsAgo, change]);
  await database.db.insert(jobs).values(
    turnarounds.map((seconds, index) =>
      jobRow.succeeded(seconds, {
        id: `${prefix}${index}`,
        providerJobId: `${prefix}${index}`,
        providerCreatedAt: createdAt,
        providerEndedAt: new Date(createdAt.getTime() + seconds * 1000),
        ...change,
      }),
    ),
  );
}

const hundredFrom = (seconds: number) => Array.from({ length: 101 }, (_, index) => seconds + index);

it("tells the last day from the week before, and draws the last seven days", async () => {
  await endJobs(2 * hour, hundredFrom(1_000));
  await endJobs(3 * day, hundredFrom(500));
  await endJobs(7.5 * day, [400, 400, 400]);
  await endJobs(9 * day, hundredFrom(1));
  const { providers, all, daySince, weekBeforeSince, curvesSince } = await recent();
  expect([daySince, weekBeforeSince, curvesSince].map((moment) => moment.toISOString())).toEqual([
    "2026-11-21T12:00:00.000Z",
    "2026-11-14T12:00:00.000Z",
    "2026-11-15T12:00:00.000Z",
  ]);
  expect(providers).toHaveLength(1);
  expect(providers[0]).toMatchObject({
    provider: "openai",
    day: { jobCount: 101, median: { seconds: 1_050 } },
    weekBefore: { jobCount: 104, median: { seconds: 548.5 } },
    week: { jobCount: 202, isTailOpen: false },
  });
  expect(all.day.median).toEqual(providers[0]?.day.median);
});

it("agrees with the comparison of the same jobs, also where some are open, partial, failed or known only between two checks", async () => {
  await endJobs(2 * hour, [12.345, 60, 90, 90, 4_000]);
  await endJobs(2.5 * hour, [70], { countSucceeded: 2, countFailed: 1 });
  await endJobs(2.6 * hour, [80], { userStatus: "FAILED", countSucceeded: 0, countFailed: 3 });
  await endJobs(2.7 * hour, [85], { userStatus: "CANCELLED_ON_DEMAND", countSucceeded: 0 });
  await endJobs(2.8 * hour, [900], {
    providerEndedAt: null,
    submittedAt: ago(2.8 * hour),
    lastSeenOpenAt: ago(2.8 * hour - 50.4),
    endSeenAt: ago(2.8 * hour - 120.6),
  });
  await database.db.insert(jobs).values(
    [1, 2, 3].map((index) =>
      jobRow.running({
        id: `open_${index}`,
        providerJobId: `open_${index}`,
        providerCreatedAt: ago(index * hour),
      }),
    ),
  );
  const { providers, curvesSince } = await recent();
  const comparison = await compareTurnaround(context, { launchedFrom: curvesSince, kind: "simulated" });
  const [group] = comparison.groups;
  const week = providers[0]?.week;
  expect(week).toMatchObject({
    jobCount: group?.jobCount,
    deliveredCount: group?.deliveredCount,
    notDeliveredCount: group?.notDeliveredCount,
    unfinishedCount: 3,
    isTailOpen: true,
    canReachMedian: true,
  });
  const median = group?.quantiles.find(({ share }) => share === 0.5);
  expect(week?.median.seconds).toBeCloseTo(median?.seconds ?? Number.NaN, 3);
  expect(week?.curve.at(-1)?.share).toBeCloseTo(group?.curve.at(-1)?.share ?? Number.NaN, 6);
});

it("says at least how long the median is while most jobs are open, and that it is never reached once most failed", async () => {
  await endJobs(5 * hour, [60]);
  await database.db.insert(jobs).values(
    [1, 2, 3].map((index) =>
      jobRow.running({
        id: `open_${index}`,
        providerJobId: `open_${index}`,
        providerCreatedAt: ago(index * hour),
      }),
    ),
  );
  await endJobs(5 * hour, [60], { provider: "google" });
  await endJobs(5 * hour, [61, 62], { provider: "google", userStatus: "FAILED", countSucceeded: 0 });
  const { providers } = await recent();
  expect(
    providers.map(({ day: { median, canReachMedian } }) => [
      median.seconds,
      median.atLeastSeconds,
      canReachMedian,
    ]),
  ).toEqual([
    [null, 3 * hour, true],
    [null, 62, false],
  ]);
});

it("never counts real and simulated jobs together: real ones when there are any", async () => {
  await endJobs(2 * hour, [10, 20, 30]);
  expect(await recent()).toMatchObject({
    isSimulated: true,
    hasOtherKind: false,
    all: { day: { jobCount: 3 } },
  });
  await endJobs(2 * hour, [1_000], { isSimulated: false });
  // Kept for a minute for all who look.
  expect((await recent()).isSimulated).toBe(true);
  clock.advance(61);
  expect(await recent()).toMatchObject({
    isSimulated: false,
    hasOtherKind: true,
    all: { day: { jobCount: 1 } },
  });
});

it("has no curve where nothing was created of late", async () => {
  await endJobs(20 * day, [10]);
  expect((await recent()).providers).toEqual([]);
});
