import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { sql } from "drizzle-orm";
import path from "node:path";
import type { Database } from "#lib/db/client.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { rebuildTurnaroundCounts } from "#lib/db/rebuild-turnaround-counts.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { measureSeconds, medianOf, type Benchmark } from "./support/benchmark.ts";

const shares = [0.5, 0.75, 0.9, 0.95, 0.99];
const rounds = 5;
const rowsPerInsert = 50_000;
const migrationsDirectory = path.join(import.meta.dirname, "..", "..", "lib", "db", "migrations");

/**
 * The whole comparison of a million finished jobs, as the Compare page gets it; against nothing but the percentiles of
 * each provider, by the database from the rows. On PGlite, or on PostgreSQL with `BENCH_DATABASE_URL` (an empty one).
 */
export const statisticsBenchmark: Benchmark = {
  name: "statistics",
  async run({ directory, scaled, say }) {
    const jobCount = scaled(1_000_000);
    const databaseUrl = process.env["BENCH_DATABASE_URL"] ?? null;
    const handle = await openDatabase(
      { databaseUrl, dataDirectory: directory, migrationsDirectory },
      (error) => say(error.message),
    );
    try {
      const { db } = handle;
      await fillJobs(db, jobCount, say);
      const rebuildSeconds = await measureSeconds(() => rebuildTurnaroundCounts(db));
      await db.execute(sql`analyze jobs, turnaround_counts, turnaround_kinds`);
      say(`rolled up in ${rebuildSeconds.toFixed(1)} s`);
      const context = { db, clock: { now: () => new Date(Date.UTC(2027, 0, 2)) } };
      await compareTurnaround(context, {});
      let comparison: Comparison | null = null;
      let byDatabase: Percentiles[] = [];
      const ours: number[] = [];
      const baseline: number[] = [];
      const longestBlocks: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const delays = monitorEventLoopDelay({ resolution: 1 });
        delays.enable();
        ours.push(await measureSeconds(async () => (comparison = await compareTurnaround(context, {}))));
        // The monitor notices a block when its own timer comes after it.
        await setTimeout(20);
        delays.disable();
        longestBlocks.push(delays.max / 1e6);
        baseline.push(await measureSeconds(async () => (byDatabase = await percentiles(db))));
        say(`${ours.at(-1)?.toFixed(3)} s against ${baseline.at(-1)?.toFixed(3)} s`);
      }
      assertAgreement(comparison, byDatabase, jobCount);
      return {
        ours: medianOf(ours),
        baseline: medianOf(baseline),
        ratio: medianOf(baseline) / medianOf(ours),
        aim: null,
        unit: "seconds",
        extra: {
          database: databaseUrl === null ? "PGlite" : "PostgreSQL",
          jobCount,
          aimSeconds: 0.2,
          longestBlockMs: medianOf(longestBlocks),
          aimLongestBlockMs: 50,
          rebuildSeconds,
        },
      };
    } finally {
      await handle.close();
    }
  },
};

/**
 * Jobs of three providers, two models and two sizes each, launched over a year; turnarounds in whole seconds, log-normal
 * around ten minutes, up to a day. The triggers rest meanwhile.
 */
async function fillJobs(db: Database, jobCount: number, say: (progress: string) => void): Promise<void> {
  await db.execute(sql`alter table jobs disable trigger user`);
  for (let start = 0; start < jobCount; start += rowsPerInsert) {
    const end = Math.min(jobCount, start + rowsPerInsert);
    await db.execute(sql`
      insert into jobs (id, origin, provider, account, is_simulated, model, task, request_count, user_status, step,
        provider_job_id, count_succeeded, provider_created_at, provider_started_at, provider_finalizing_at,
        provider_ended_at, launched_at, end_seen_at, total_tokens)
      select 'job_' || i, 'launched', provider, 'account', true, provider || i / 3 % 2, 'text', 10 + 90 * (i / 6 % 2),
        'SUCCEEDED', 'done', 'batch_' || i, 10, created, created + interval '2 s',
        created + 0.9 * seconds * interval '1 s', created + seconds * interval '1 s', created,
        created + (seconds + 5) * interval '1 s', 5000
      from (
        select i, (array['openai', 'google', 'anthropic'])[i % 3 + 1] as provider,
          timestamptz '2026-01-01 00:00:00Z' + i * (31536000.0 / ${jobCount}::float8) * interval '1 s' as created,
          least(86400, floor(600 * exp(1.2 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())))) as seconds
        from generate_series(${start + 1}::int, ${end}::int) as i
      ) as launches`);
    say(`${end} jobs written`);
  }
  await db.execute(sql`alter table jobs enable trigger user`);
}

type Percentiles = { provider: string; values: number[] };

/** The straight way: sort the turnarounds of each provider. */
async function percentiles(db: Database): Promise<Percentiles[]> {
  return db
    .select({
      provider: sql<string>`provider`,
      values: sql<
        number[]
      >`percentile_cont(${sql.raw(`array[${shares.join(", ")}]`)}) within group (order by turnaround_seconds)`,
    })
    .from(sql`jobs`)
    .where(sql`is_simulated and provider_job_id is not null and turnaround_outcome = 'delivered'`)
    .groupBy(sql`provider`);
}

/** Two ways to the same numbers; they may differ by the interpolation between neighbouring seconds. */
function assertAgreement(comparison: Comparison | null, byDatabase: Percentiles[], jobCount: number): void {
  const groups = comparison?.groups ?? [];
  if (groups.reduce((sum, group) => sum + group.deliveredCount, 0) !== jobCount) {
    throw new Error("The comparison does not count every job.");
  }
  for (const { provider, quantiles } of groups) {
    const expected = byDatabase.find((row) => row.provider === provider)?.values ?? [];
    quantiles.forEach(({ share, seconds }, index) => {
      const other = expected[index] ?? Number.NaN;
      if (seconds === null || !(Math.abs(seconds - other) <= 0.01 * other + 1)) {
        throw new Error(
          `The ${share} quantile of ${provider} is ${seconds} here and ${other} in the database.`,
        );
      }
    });
  }
}
