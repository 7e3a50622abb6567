import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getOverview } from "#lib/db/queries/get-overview.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { endEstimates } from "#lib/db/schema/end-estimates.ts";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { attentionShown } from "#lib/domain/overview.ts";
import { filterAt, jobAddressSchema, type JobAddress } from "#lib/domain/job-page.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { createManualClock, type ManualClock } from "#tests/setup/manual-clock.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

const hour = 3_600;
const day = 24 * hour;
let database: TestHandle;
let clock: ManualClock;

beforeAll(async () => {
  database = await openTestHandle();
});
beforeEach(async () => {
  await database.empty();
  clock = createManualClock();
});
afterAll(() => database?.close());

const ago = (seconds: number) => new Date(clock.now().getTime() - seconds * 1000);

const read = (sinceSeconds = day) =>
  getOverview(database.db, { since: ago(sinceSeconds), isFirstVisit: false }, clock.now());

async function listed(address: Partial<JobAddress>) {
  const page = await listJobs(database.db, filterAt(jobAddressSchema.parse(address), clock.now()));
  return { total: page.total, ids: page.jobs.map((job) => job.id).toSorted() };
}

const insert = (...rows: NewJobRow[]) => database.db.insert(jobs).values(rows);

/** A job that has been running for so long. */
const running = (id: string, ageSeconds: number, change: Partial<NewJobRow> = {}) =>
  jobRow.running({
    id,
    providerJobId: id,
    providerCreatedAt: ago(ageSeconds),
    submittedAt: ago(ageSeconds),
    launchedAt: ago(ageSeconds),
    ...change,
  });

/** A job that ended so long ago. */
const ended = (id: string, endedSecondsAgo: number, change: Partial<NewJobRow> = {}) =>
  jobRow.succeeded(60, {
    id,
    providerJobId: id,
    launchedAt: ago(endedSecondsAgo + 60),
    providerCreatedAt: ago(endedSecondsAgo + 60),
    providerEndedAt: ago(endedSecondsAgo),
    endSeenAt: ago(endedSecondsAgo),
    ...change,
  });

const slow = (jobId: string, fromSecondsAgo: number) =>
  database.db.insert(endEstimates).values({
    jobId,
    firstEstimatedAt: ago(0),
    estimatedAt: ago(0),
    basis: "model",
    jobCount: 640,
    slowFromAt: ago(fromSecondsAgo),
    slowShare: 0.99,
    slowBasis: "model",
    slowJobCount: 640,
  });

describe("the figures of the first page", () => {
  it("count what runs and waits, apart from imported jobs that nobody watches", async () => {
    await insert(
      running("a", 60),
      running("b", 60, { provider: "google", isSimulated: false }),
      jobRow({ id: "waiting" }),
      jobRow.running({ id: "unwatched", providerJobId: "unwatched", origin: "imported", step: "done" }),
    );
    expect(await read()).toMatchObject({
      hasJobs: true,
      running: { jobCount: 2, simulatedCount: 1 },
      runningAt: { openai: 1, google: 1 },
      waitingJobs: 1,
    });
    expect((await listed({ statuses: ["IN_PROGRESS"], steps: ["poll"] })).total).toBe(2);
  });

  it("count what ended since the last visit, and the list of jobs with that filter agrees", async () => {
    await insert(
      ended("old", 3 * hour),
      ended("new", hour),
      ended("real", hour, { isSimulated: false }),
      jobRow({
        id: "refused",
        userStatus: "FAILED",
        step: "done",
        launchedAt: ago(10),
      }),
      // Launched elsewhere: we learned of its end only now, the provider says when it was.
      ended("adopted", 3 * day, { origin: "adopted", endSeenAt: ago(60) }),
      running("open", 5 * day),
    );
    const overview = await read(2 * hour);
    expect(overview.ended).toEqual({
      jobCount: 3,
      simulatedCount: 2,
      since: ago(2 * hour),
      isFirstVisit: false,
    });
    expect((await listed({ endedFrom: overview.ended.since })).ids).toEqual(["new", "real", "refused"]);
  });

  it("say that there is nothing on a new machine", async () => {
    expect(await read()).toMatchObject({ hasJobs: false, attentionCount: 0, attention: [] });
  });
});

describe("what needs attention", () => {
  const reasons = async () => (await read()).attention.map(({ job, reason }) => [job.id, reason]);

  it("is what ended badly within a day", async () => {
    await insert(
      ended("fine", 10),
      ended("failed", 20, { userStatus: "FAILED", countSucceeded: 0, countFailed: 3 }),
      ended("partial", 30, { countSucceeded: 2, countFailed: 1 }),
      ended("partial_failed", 40, { userStatus: "FAILED", countSucceeded: 2, countFailed: 1 }),
      ended("none", 50, { countSucceeded: 0, countFailed: 3 }),
      ended("late", 60, { userStatus: "CANCELLED_TIMED_OUT", countSucceeded: 0 }),
      ended("on_demand", 70, { userStatus: "CANCELLED_ON_DEMAND", countSucceeded: 0, countCancelled: 3 }),
      ended("yesterday", day + 60, { userStatus: "FAILED", countSucceeded: 0, countFailed: 3 }),
    );
    expect(await reasons()).toEqual([
      ["failed", "failed"],
      ["partial", "partial"],
      ["partial_failed", "partial"],
      ["none", "no_success"],
      ["late", "timed_out"],
    ]);
  });

  it("is a job in trouble for as long as it lasts", async () => {
    await insert(
      running("troubled", 5 * hour, { trouble: "Refused." }),
      ended("lost", hour, { trouble: "The results cannot be fetched." }),
      ended("lost_long_ago", 2 * day, { trouble: "The results cannot be fetched." }),
    );
    expect(await reasons()).toEqual([
      ["lost", "trouble"],
      ["troubled", "trouble"],
    ]);
  });

  it("is a job that is slower than almost all like it, and tells by what it is measured", async () => {
    await insert(running("stuck", 3 * hour), running("usual", hour), ended("done", 60));
    await slow("stuck", 2 * hour);
    await slow("usual", -hour);
    await slow("done", 2 * hour);
    const { attention, attentionCount } = await read();
    expect(attentionCount).toBe(1);
    expect(attention).toMatchObject([
      {
        job: { id: "stuck" },
        reason: "stuck",
        deadline: null,
        slow: { limitSeconds: hour, share: 0.99, basis: "model", jobCount: 640 },
      },
    ]);
  });

  it("is a job near the end of its set's time-out or its provider's window, the next first", async () => {
    await insert(
      // Of 24 h less than 2 are left.
      running("timeout", 22.5 * hour),
      running("early", 21 * hour),
      running("short", 55 * 60 + 1, { timeOutSeconds: hour }),
      running("window", 45 * hour, { provider: "google", origin: "adopted", timeOutSeconds: null }),
      running("told", hour, {
        origin: "adopted",
        timeOutSeconds: null,
        providerExpiresAt: new Date(clock.now().getTime() + 120_000),
      }),
      running("cancelled", 23 * hour, { cancelRequestedAt: ago(10) }),
      running("unproven", 22.5 * hour, { provider: "google", isUnproven: true }),
    );
    const { attention } = await read();
    expect(attention.map(({ job, reason, deadline }) => [job.id, reason, deadline?.of])).toEqual([
      ["told", "window_ending", "provider"],
      ["short", "window_ending", "time_out"],
      ["timeout", "window_ending", "time_out"],
      ["window", "window_ending", "provider"],
    ]);
    expect(attention.find(({ job }) => job.id === "timeout")?.deadline?.at).toEqual(ago(-1.5 * hour));
  });

  it("is an ended job whose results are not here and will soon be deleted, before everything else", async () => {
    const notCollected = { step: "collect" } as const;
    await insert(
      running("troubled", hour, { trouble: "Refused." }),
      ended("google_soon", 40 * hour, { provider: "google", ...notCollected }),
      ended("google_fresh", 10 * hour, { provider: "google", ...notCollected }),
      ended("anthropic_soon", 25 * day, { provider: "anthropic", ...notCollected }),
      ended("openai_soon", 29 * day, notCollected),
      ended("openai_collected", 29 * day),
      ended("openai_removed", 29 * day, { ...notCollected, providerRemovedAt: ago(10) }),
    );
    const { attention } = await read();
    expect(attention.map(({ job, reason }) => [job.id, reason])).toEqual([
      ["google_soon", "results_expiring"],
      ["openai_soon", "results_expiring"],
      ["anthropic_soon", "results_expiring"],
      ["troubled", "trouble"],
    ]);
    expect(attention[0]?.deadline).toEqual({ at: ago(-8 * hour), of: "results" });
  });

  it("counts a job once, and its number is that of the job list with the same filter", async () => {
    await insert(
      running("both", 23 * hour, { trouble: "Refused." }),
      ...Array.from({ length: 14 }, (_, index) =>
        ended(`failed_${index}`, 60 + index, { userStatus: "FAILED", countSucceeded: 0, countFailed: 3 }),
      ),
      ended("fine", 10),
    );
    await slow("both", hour);
    const { attention, attentionCount } = await read();
    expect(attentionCount).toBe(15);
    expect(attention).toHaveLength(attentionShown);
    expect(attention[0]).toMatchObject({ job: { id: "both" }, reason: "window_ending", slow: null });
    const all = await listed({ needsAttention: true });
    expect(all.total).toBe(15);
    expect(all.ids).not.toContain("fine");
    expect((await listed({ needsAttention: true, statuses: ["FAILED"] })).total).toBe(14);
  });
});
