import { inArray, sql } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { listUnestimated, type RunningJob } from "#lib/db/queries/end-estimates.ts";
import { endEstimates } from "#lib/db/schema/end-estimates.ts";
import { estimateLevel, type EstimateBasis } from "#lib/domain/end-estimate.ts";
import { remainingRange } from "#lib/stats/remaining-range.ts";
import { after } from "./back-off.ts";
import { basesOf, EndHistory } from "./end-history.ts";
import { findSlowLimit, type SlowLimit } from "./slow-limit.ts";
import type { PolledAccount } from "./schedule-poll.ts";

/** A history says something about a job when at least so many of its jobs ended later than the job is old. */
export const leastHistory = 20;
const jobsPerRun = 1_000;

type Estimate = {
  earliestEndAt: Date;
  latestEndAt: Date | null;
  basis: EstimateBasis;
  jobCount: number;
};

type EstimateContext = Pick<AppContext, "db" | "clock">;

const histories = new WeakMap<EstimateContext, EndHistory>();

/**
 * Estimates when the running jobs of an account will end, given how old they are, after they were checked: a range that
 * holds 80 % of such jobs, and the moment from which on they are slower than almost all of them. The first range of a
 * job is kept to be judged later; a job for which there is too little history keeps none.
 */
export async function estimateEnds(context: EstimateContext, target: PolledAccount): Promise<void> {
  const running = await listUnestimated(context.db, target, jobsPerRun);
  if (running.length === 0) return;
  const history = historyOf(context);
  const now = context.clock.now();
  const rows: EstimateRow[] = [];
  const withoutHistory: string[] = [];
  for (const job of running) {
    const estimate = await estimateEnd(history, job, now);
    const slow = await findSlowLimit(history, job, now);
    const row = toRow(job, estimate, slow, now);
    if (row) rows.push(row);
    else withoutHistory.push(job.id);
  }
  if (rows.length > 0) await writeEstimates(context.db, rows);
  if (withoutHistory.length > 0) {
    await context.db
      .update(endEstimates)
      .set({ estimatedAt: now, earliestEndAt: null, latestEndAt: null, slowFromAt: null })
      .where(inArray(endEstimates.jobId, withoutHistory));
  }
}

type EstimateRow = typeof endEstimates.$inferInsert;

/** What is written of a job; null when nothing is known. */
function toRow(
  job: RunningJob,
  estimate: Estimate | null,
  slow: SlowLimit | null,
  now: Date,
): EstimateRow | null {
  const known = estimate ?? slow;
  if (!known) return null;
  return {
    jobId: job.id,
    estimatedAt: now,
    earliestEndAt: estimate?.earliestEndAt ?? null,
    latestEndAt: estimate?.latestEndAt ?? null,
    basis: known.basis,
    jobCount: known.jobCount,
    slowFromAt: slow && after(job.providerCreatedAt, slow.seconds),
    slowShare: slow?.share ?? null,
    slowBasis: slow?.basis ?? null,
    slowJobCount: slow?.jobCount ?? null,
    firstEstimatedAt: now,
    firstEarliestEndAt: estimate?.earliestEndAt ?? null,
    firstLatestEndAt: estimate?.latestEndAt ?? null,
  };
}

/** The estimate from the narrowest history that is large enough; null when none is. */
async function estimateEnd(history: EndHistory, job: RunningJob, now: Date): Promise<Estimate | null> {
  const ageSeconds = Math.max(0, (now.getTime() - job.providerCreatedAt.getTime()) / 1000);
  for (const basis of basesOf(job)) {
    const range = remainingRange(await history.curveOf(job, basis, now), ageSeconds, estimateLevel);
    if (range === null || range.eventCount < leastHistory) continue;
    return {
      earliestEndAt: after(job.providerCreatedAt, range.lowerSeconds),
      latestEndAt: range.upperSeconds === null ? null : after(job.providerCreatedAt, range.upperSeconds),
      basis,
      jobCount: range.atRisk,
    };
  }
  return null;
}

function historyOf(context: EstimateContext): EndHistory {
  let history = histories.get(context);
  if (!history) histories.set(context, (history = new EndHistory(context.db)));
  return history;
}

/** Until a job has its first range, the latest one counts as the first. */
async function writeEstimates(db: Database, rows: EstimateRow[]): Promise<void> {
  const first = (column: string) =>
    sql.raw(
      `case when end_estimates.first_earliest_end_at is null then excluded.${column} else end_estimates.${column} end`,
    );
  await db
    .insert(endEstimates)
    .values(rows)
    .onConflictDoUpdate({
      target: endEstimates.jobId,
      set: {
        estimatedAt: sql`excluded.estimated_at`,
        earliestEndAt: sql`excluded.earliest_end_at`,
        latestEndAt: sql`excluded.latest_end_at`,
        basis: sql`excluded.basis`,
        jobCount: sql`excluded.job_count`,
        slowFromAt: sql`excluded.slow_from_at`,
        slowShare: sql`excluded.slow_share`,
        slowBasis: sql`excluded.slow_basis`,
        slowJobCount: sql`excluded.slow_job_count`,
        firstEstimatedAt: first("first_estimated_at"),
        firstEarliestEndAt: first("first_earliest_end_at"),
        firstLatestEndAt: first("first_latest_end_at"),
      },
    });
}
