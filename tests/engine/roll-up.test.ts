import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rebuildTurnaroundCounts } from "#lib/db/rebuild-turnaround-counts.ts";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { turnaroundCounts, turnaroundKinds } from "#lib/db/schema/turnaround-counts.ts";
import type { ComparisonGrouping } from "#lib/domain/comparison-filter.ts";
import { jobSizeOf } from "#lib/domain/job-size.ts";
import type { HeatMapCell } from "#lib/domain/comparison-figures.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { readHeatMaps } from "#lib/engine/read-heat-maps.ts";
import { jobRow } from "#tests/factories/job-row.ts";
import { createManualClock } from "#tests/setup/manual-clock.ts";
import { openTestHandle, type TestHandle } from "#tests/setup/test-handle.ts";

let database: TestHandle;
const context = () => ({ db: database.db, clock: createManualClock() });

beforeAll(async () => {
  database = await openTestHandle();
});
afterAll(() => database.close());

/** Everything that is rolled up, as text lines in a fixed order. */
async function readRollUp(): Promise<string[]> {
  const rows = await database.db
    .select()
    .from(turnaroundCounts)
    .innerJoin(turnaroundKinds, eq(turnaroundCounts.kindId, turnaroundKinds.id))
    .orderBy(asc(turnaroundCounts.measure), asc(turnaroundCounts.slot), asc(turnaroundCounts.bin));
  return rows
    .map(({ turnaround_counts: counted, turnaround_kinds: kind }) =>
      JSON.stringify({ ...kind, ...counted, id: null, kindId: null }),
    )
    .toSorted();
}

async function expectRollUpToEqualRows(): Promise<void> {
  const kept = await readRollUp();
  await rebuildTurnaroundCounts(database.db);
  expect(kept).toEqual(await readRollUp());
}

function moment(secondsLater: number): Date {
  return new Date(Date.UTC(2026, 10, 22, 12) + secondsLater * 1000);
}

function ended(number: number, change: Partial<NewJobRow> = {}): NewJobRow {
  return jobRow.succeeded(60, { id: `job_${number}`, providerJobId: `batch_${number}`, ...change });
}

const ofMeasure = (lines: string[], measure: string) =>
  lines.map((line) => JSON.parse(line)).filter((line) => line.measure === measure);

describe("what is rolled up of ended jobs", () => {
  beforeEach(() => database.empty());

  it("follows a job from its launch over its end and its counted results to its removal", async () => {
    await database.db.insert(jobs).values(jobRow.running({ id: "job_1", providerCreatedAt: moment(0) }));
    expect(await readRollUp()).toEqual([]);
    await database.db
      .update(jobs)
      .set({ userStatus: "SUCCEEDED", step: "collect", providerEndedAt: moment(90), endSeenAt: moment(92) })
      .where(eq(jobs.id, "job_1"));
    expect(ofMeasure(await readRollUp(), "delivered")).toMatchObject([
      { provider: "openai", model: "gpt-4o-mini", size: "2-10", slot: -1, bin: 90, jobCount: 1 },
    ]);
    await database.db
      .update(jobs)
      .set({ countSucceeded: 2, countFailed: 1, totalTokens: 300 })
      .where(eq(jobs.id, "job_1"));
    expect(ofMeasure(await readRollUp(), "delivered")).toEqual([]);
    expect(ofMeasure(await readRollUp(), "partial")).toMatchObject([{ bin: 90, jobCount: 1 }]);
    await expectRollUpToEqualRows();
    await database.db.delete(jobs).where(eq(jobs.id, "job_1"));
    expect(await readRollUp()).toEqual([]);
  });

  it("counts equal jobs together and leaves out what never reached a provider", async () => {
    await database.db
      .insert(jobs)
      .values([ended(1), ended(2), ended(3, { providerJobId: null }), ended(4, { provider: "google" })]);
    const delivered = ofMeasure(await readRollUp(), "delivered");
    expect(delivered.map(({ provider, jobCount }) => [provider, jobCount]).toSorted()).toEqual([
      ["google", 1],
      ["openai", 2],
    ]);
    await expectRollUpToEqualRows();
  });

  it("is undone with the transaction that ended the job", async () => {
    const undone = database.db.transaction(async (transaction) => {
      await transaction.insert(jobs).values(ended(1));
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await readRollUp()).toEqual([]);
  });

  it("equals the rows after many changes of every sort", async () => {
    let state = 7;
    const next = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
    for (let number = 0; number < 120; number += 1) {
      const providers = ["openai", "google", "anthropic"] as const;
      const launched = jobRow.running({
        id: `job_${number}`,
        providerJobId: `batch_${number}`,
        provider: providers[next(3)] ?? "openai",
        model: next(4) === 0 ? null : `model-${next(2)}`,
        requestCount: [null, 1, 5, 50, 20_000][next(5)] ?? null,
        submittedAt: moment(next(1000)),
        providerCreatedAt: next(9) === 0 ? null : moment(next(900_000)),
      });
      await database.db.insert(jobs).values(launched);
    }
    for (let change = 0; change < 400; change += 1) {
      const which = eq(jobs.id, `job_${next(120)}`);
      const seconds = 900_000 + next(5000);
      const values: Partial<NewJobRow>[] = [
        {
          userStatus: "SUCCEEDED",
          countSucceeded: next(3),
          countFailed: next(2),
          providerEndedAt: moment(seconds),
        },
        { userStatus: "CANCELLED_ON_DEMAND", endSeenAt: moment(seconds), providerEndedAt: null },
        { userStatus: "FAILED", providerStartedAt: moment(next(900_000)), totalTokens: next(1000) },
        { userStatus: "IN_PROGRESS" },
        { lastSeenOpenAt: moment(next(900_000)) },
        { requestCount: 1 + next(200), model: "model-0" },
      ];
      if (change % 50 === 49) await database.db.delete(jobs).where(which);
      else
        await database.db
          .update(jobs)
          .set(values[next(values.length)] ?? {})
          .where(which);
    }
    expect((await readRollUp()).length).toBeGreaterThan(100);
    await expectRollUpToEqualRows();
  });

  it("names sizes as the domain does", async () => {
    for (const requestCount of [null, 0, 1, 2, 10, 11, 100, 101, 1000, 1001, 10_000, 10_001]) {
      const size = sql<string>`turnaround_size(${requestCount}::integer)`;
      const [row] = await database.db.select({ size }).from(sql`(values (1)) as one`);
      expect(row?.size).toBe(jobSizeOf(requestCount));
    }
  });
});

describe("a comparison of a large history", () => {
  const everything = { launchedFrom: new Date(0) };

  beforeAll(async () => {
    await database.empty();
    await database.db.execute(sql`
      insert into jobs (id, origin, provider, account, is_simulated, model, task, request_count, user_status, step,
        provider_job_id, count_succeeded, count_failed, provider_created_at, provider_started_at, provider_ended_at,
        last_seen_open_at, end_seen_at, launched_at, total_tokens)
      select 'job_' || i, 'launched', (array['openai', 'google', 'anthropic'])[i % 3 + 1], 'account', true,
        'model-' || i / 3 % 2, 'text', 10 + 90 * (i / 6 % 2),
        (array['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'CANCELLED_ON_DEMAND', 'IN_PROGRESS'])[i % 7 % 6 + 1],
        'done', 'batch_' || i, 1 - i % 7 / 3, i % 2, created, created + interval '2 s',
        case when i % 11 > 0 then created + (60 + i * 7919 % 1000) * interval '1 s' end,
        created + (35 + i * 7919 % 1000) * interval '1 s', created + (65 + i * 7919 % 1000) * interval '1 s', created, 700
      from (select i, timestamptz '2026-11-20 00:00:00Z' + i * interval '20 s' as created
        from generate_series(1, 7200) as i) as launches`);
  });

  it.each<ComparisonGrouping>(["provider", "model", "task", "size"])(
    "is the same by %s from what is rolled up as from the rows",
    async (groupBy) => {
      const rolledUp = await compareTurnaround(context(), { groupBy });
      const fromRows = await compareTurnaround(context(), { ...everything, groupBy });
      expect(rolledUp.precision).toBe("second");
      expect(fromRows.precision).toBe("exact");
      expect(rolledUp.groups.length).toBeGreaterThanOrEqual(3);
      expect(rolledUp.groups.map(exactFigures)).toEqual(fromRows.groups.map(exactFigures));
      expect(rounded(rolledUp.logRank)).toEqual(rounded(fromRows.logRank));
      expect(rounded(rolledUp.pairwise)).toEqual(rounded(fromRows.pairwise));
    },
  );

  it("knows measures to about a hundredth, launch hours exactly and medians by hour to about a tenth", async () => {
    const rolledUp = await compareTurnaround(context(), {});
    const fromRows = await compareTurnaround(context(), everything);
    rolledUp.groups.forEach((group, index) => {
      const exact = fromRows.groups[index];
      expect(group.stages.running?.median ?? 0).toBeCloseTo(exact?.stages.running?.median ?? 0, -1.5);
      expect(group.throughput.tokensPerMinute?.count).toBe(exact?.throughput.tokensPerMinute?.count);
      expect(group.balance.launchesByHour).toEqual(exact?.balance.launchesByHour);
      expect(group.balance.jobsBySize).toEqual(exact?.balance.jobsBySize);
    });
    const cells = async (input: Parameters<typeof readHeatMaps>[1]) =>
      (await readHeatMaps(context(), input)).flatMap((map) => map.cells);
    const roughCells = await cells({});
    const exactCells = await cells(everything);
    const withoutMedian = (cell: HeatMapCell) => ({ ...cell, medianSeconds: null });
    expect(roughCells.map(withoutMedian)).toEqual(exactCells.map(withoutMedian));
    roughCells.forEach(({ medianSeconds }, index) => {
      const exact = exactCells[index]?.medianSeconds ?? null;
      expect(medianSeconds === null).toBe(exact === null);
      if (medianSeconds === null || exact === null) return;
      expect(Math.abs(Math.log(medianSeconds / exact))).toBeLessThan(0.13);
    });
  });

  it("shows no group of which every job was removed", async () => {
    const ofGoogle = and(eq(jobs.model, "model-1"), eq(jobs.provider, "google"));
    const removed = database.db.transaction(async (transaction) => {
      await transaction.delete(jobs).where(ofGoogle);
      const comparison = await compareTurnaround({ ...context(), db: transaction }, { groupBy: "model" });
      expect(comparison.precision).toBe("second");
      expect(comparison.groups.map(({ key }) => key)).not.toContain("google model-1");
      expect(comparison.groups.length).toBe(5);
      throw new Error("back to how it was");
    });
    await expect(removed).rejects.toThrow("back to how it was");
  });

  it.each<ComparisonGrouping>(["hour", "weekday"])("has the right jobs by %s of launch", async (groupBy) => {
    const rolledUp = await compareTurnaround(context(), { groupBy });
    const fromRows = await compareTurnaround(context(), { ...everything, groupBy });
    expect(rolledUp.precision).toBe("bin");
    const counts = (comparison: typeof rolledUp) =>
      comparison.groups.map(({ key, deliveredCount, notDeliveredCount, cancelledCount, unfinishedCount }) => [
        key,
        deliveredCount,
        notDeliveredCount,
        cancelledCount,
        unfinishedCount,
      ]);
    expect(counts(rolledUp)).toEqual(counts(fromRows));
  });
});

type Group = Awaited<ReturnType<typeof compareTurnaround>>["groups"][number];

function exactFigures(group: Group) {
  return rounded({ ...group, stages: null, throughput: null, balance: null });
}

/** Ends known as intervals are shared out by sums, whose last digits depend on their order. */
function rounded(figures: unknown): unknown {
  const text = JSON.stringify(figures, (_key, value: unknown) =>
    typeof value === "number" ? Number(Number(value.toPrecision(9)).toFixed(9)) : value,
  );
  return JSON.parse(text);
}
