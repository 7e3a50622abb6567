import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readEndEstimates } from "#lib/db/queries/end-estimates.ts";
import { endEstimates } from "#lib/db/schema/end-estimates.ts";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { estimateEnds } from "#lib/engine/estimate-end.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { createManualClock, type ManualClock } from "#tests/setup/manual-clock.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

const account = { provider: "openai", account: "account" } as const;
let database: TestHandle;
let clock: ManualClock;

beforeAll(async () => {
  database = await openTestHandle();
});
beforeEach(async () => {
  await database.empty();
  clock = createManualClock();
});
afterAll(() => database.close());

const context = () => ({ db: database.db, clock });
const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

/** Jobs that ended after each of these seconds. */
async function endJobs(turnarounds: number[], change: Partial<NewJobRow> = {}): Promise<void> {
  const prefix = JSON.stringify(change);
  await database.db.insert(jobs).values(
    turnarounds.map((seconds, number) =>
      jobRow.succeeded(seconds, {
        id: `${prefix}${number}`,
        providerJobId: `${prefix}${number}`,
        ...change,
      }),
    ),
  );
}

/** A job of three requests that is running for so long. */
async function startJob(id: string, ageSeconds: number, change: Partial<NewJobRow> = {}): Promise<void> {
  const providerCreatedAt = later(-ageSeconds);
  await database.db
    .insert(jobs)
    .values(
      jobRow.running({ id, providerJobId: id, providerCreatedAt, submittedAt: providerCreatedAt, ...change }),
    );
}

async function estimateOf(jobId: string) {
  await estimateEnds(context(), account);
  return (await readEndEstimates(database.db, [jobId])).get(jobId) ?? null;
}

const hundred = Array.from({ length: 100 }, (_, index) => (index + 1) * 10);

describe("the estimated end of a running job", () => {
  it("holds the middle 80 % of jobs like it, from its creation", async () => {
    await endJobs(hundred);
    await startJob("young", 0);
    expect(await estimateOf("young")).toEqual({
      estimatedAt: clock.now(),
      level: 0.8,
      earliestEndAt: later(100),
      latestEndAt: later(910),
      basis: "model_and_size",
      jobCount: 100,
    });
  });

  it("depends on how long the job has been running already", async () => {
    await endJobs(hundred);
    await startJob("old", 700);
    expect(await estimateOf("old")).toMatchObject({
      jobCount: 30,
      earliestEndAt: later(30),
      latestEndAt: later(280),
    });
  });

  it("is not given while fewer than 20 jobs ended later than this one is old", async () => {
    await endJobs(hundred.slice(0, 19));
    await startJob("first", 0);
    expect(await estimateOf("first")).toBeNull();
  });

  it("is not given to a job that has outlived all but 19", async () => {
    await endJobs(hundred);
    await startJob("oldest", 811);
    expect(await estimateOf("oldest")).toBeNull();
    await startJob("younger", 805);
    expect(await estimateOf("younger")).toMatchObject({ jobCount: 21 });
  });

  it("falls back on other sizes, then on other models, and says so", async () => {
    await endJobs(hundred.slice(0, 40), { requestCount: 500 });
    await startJob("young", 0);
    expect(await estimateOf("young")).toMatchObject({ basis: "model", jobCount: 40 });
    await startJob("other", 0, { model: "gpt-4o" });
    expect(await estimateOf("other")).toMatchObject({ basis: "provider" });
  });

  it("never rests on real jobs for a simulated one", async () => {
    await endJobs(hundred, { isSimulated: false });
    await startJob("young", 0);
    expect(await estimateOf("young")).toBeNull();
  });

  it("has no upper end while the history does not reach so far", async () => {
    await endJobs(hundred.slice(0, 25));
    for (let number = 0; number < 25; number += 1) await startJob(`open_${number}`, 300);
    await startJob("young", 0);
    expect(await estimateOf("young")).toMatchObject({ earliestEndAt: later(50), latestEndAt: null });
  });

  it("is taken back when the job outlives its history", async () => {
    await endJobs(hundred);
    await startJob("slow", 0);
    expect(await estimateOf("slow")).not.toBeNull();
    clock.advance(2000);
    await database.db.update(jobs).set({ lastCheckedAt: clock.now() }).where(eq(jobs.id, "slow"));
    expect(await estimateOf("slow")).toBeNull();
  });

  it("is gone when the job has ended", async () => {
    await endJobs(hundred);
    await startJob("young", 0);
    await estimateEnds(context(), account);
    await database.db.update(jobs).set({ userStatus: "SUCCEEDED" }).where(eq(jobs.id, "young"));
    expect(await readEndEstimates(database.db, ["young"])).toEqual(new Map());
  });
});

describe("how estimates held", () => {
  it("keeps the first estimate of a job, whatever comes later", async () => {
    await endJobs(hundred);
    await startJob("young", 0);
    await estimateEnds(context(), account);
    const [first] = await database.db.select().from(endEstimates);
    clock.advance(500);
    await database.db.update(jobs).set({ lastCheckedAt: clock.now() });
    await estimateEnds(context(), account);
    const [second] = await database.db.select().from(endEstimates);
    expect(second?.earliestEndAt?.getTime()).toBeGreaterThan(first?.earliestEndAt?.getTime() ?? Infinity);
    expect(second?.firstEarliestEndAt).toEqual(first?.firstEarliestEndAt);
    expect(second?.firstLatestEndAt).toEqual(first?.firstLatestEndAt);
  });

  it("judges a job once its range is over: ended inside, ended outside, or still open", async () => {
    await endJobs(hundred);
    for (const id of ["inside", "early", "open", "cancelled"]) await startJob(id, 0);
    await estimateEnds(context(), account);
    const end = (id: string, seconds: number, userStatus: "SUCCEEDED" | "CANCELLED_ON_DEMAND") =>
      database.db
        .update(jobs)
        .set({
          userStatus,
          step: "done",
          providerEndedAt: sql`${jobs.providerCreatedAt} + ${`${seconds} s`}::interval`,
        })
        .where(eq(jobs.id, id));
    await end("inside", 500, "SUCCEEDED");
    await end("early", 20, "SUCCEEDED");
    await end("cancelled", 300, "CANCELLED_ON_DEMAND");
    const coverage = async () => (await compareTurnaround(context(), {})).groups[0]?.estimateCoverage ?? null;
    clock.advance(900);
    expect(await coverage()).toBeNull();
    clock.advance(100);
    expect(await coverage()).toMatchObject({ level: 0.8, judgedCount: 3, insideCount: 1 });
  });
});

describe("the moment from which on a running job is slower than almost all like it", () => {
  async function slowOf(jobId: string) {
    await estimateEnds(context(), account);
    const [row] = await database.db.select().from(endEstimates).where(eq(endEstimates.jobId, jobId));
    return (
      row && {
        fromAt: row.slowFromAt,
        share: row.slowShare,
        basis: row.slowBasis,
        jobCount: row.slowJobCount,
      }
    );
  }

  it("comes when 95 % of at least 50 ended jobs like it had ended", async () => {
    await endJobs(hundred);
    await startJob("young", 5);
    expect(await slowOf("young")).toEqual({
      fromAt: later(955 - 5),
      share: 0.95,
      basis: "model_and_size",
      jobCount: 100,
    });
  });

  it("comes when 99 % had ended once there are 500", async () => {
    await endJobs(Array.from({ length: 500 }, (_, index) => index + 1));
    await startJob("young", 0);
    expect(await slowOf("young")).toMatchObject({ fromAt: later(495.5), share: 0.99, jobCount: 500 });
  });

  it("is known of a job that is older than any that was seen, for which there is no range", async () => {
    await endJobs(hundred);
    await startJob("old", 5_000);
    expect(await slowOf("old")).toMatchObject({ fromAt: later(960 - 5_000), share: 0.95 });
    expect((await readEndEstimates(database.db, ["old"])).get("old")).toBeUndefined();
  });

  it("comes from a wider history where the narrow one is small", async () => {
    await endJobs(hundred, { requestCount: 500 });
    await endJobs([20, 30]);
    await startJob("young", 0);
    expect(await slowOf("young")).toMatchObject({ basis: "model", jobCount: 102 });
  });

  it("is not known from fewer than 50, nor while so many are open that the tail is not known", async () => {
    await endJobs(hundred.slice(0, 49));
    await startJob("first", 0);
    expect((await slowOf("first"))?.fromAt ?? null).toBeNull();
    await endJobs(hundred, { provider: "google", model: "gemini" });
    for (let index = 0; index < 20; index += 1) {
      await startJob(`open_${index}`, 5_000, { provider: "google", model: "gemini" });
    }
    await estimateEnds(context(), { provider: "google", account: "account" });
    const rows = await database.db.select().from(endEstimates).where(eq(endEstimates.slowShare, 0.95));
    expect(rows).toEqual([]);
  });

  it("leaves the first range to be judged when one comes later", async () => {
    await endJobs(hundred);
    await startJob("old", 960);
    await estimateEnds(context(), account);
    const first = async () =>
      (await database.db.select().from(endEstimates).where(eq(endEstimates.jobId, "old")))[0]
        ?.firstEarliestEndAt;
    expect(await first()).toBeNull();
    await endJobs(
      Array.from({ length: 30 }, (_, index) => 2_000 + index),
      { countTotal: 4 },
    );
    clock.advance(61);
    await database.db.update(jobs).set({ lastCheckedAt: clock.now() }).where(eq(jobs.id, "old"));
    await estimateEnds(context(), account);
    expect(await first()).not.toBeNull();
  });
});
