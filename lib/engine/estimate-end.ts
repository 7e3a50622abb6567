import { inArray, sql } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { listUnestimated, type RunningJob } from "#lib/db/queries/end-estimates.ts";
import { endEstimates } from "#lib/db/schema/end-estimates.ts";
import { estimateLevel, type EstimateBasis } from "#lib/domain/end-estimate.ts";
import { remainingRange } from "#lib/stats/remaining-range.ts";
import { after } from "./back-off.ts";
import { basesOf, EndHistory } from "./end-history.ts";
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
 * holds 80 % of such jobs. The first estimate of a job is kept to be judged later; a job for which there is too little
 * history keeps none.
 */
export async function estimateEnds(context: EstimateContext, target: PolledAccount): Promise<void> {
  const running = await listUnestimated(context.db, target, jobsPerRun);
  if (running.length === 0) return;
  const history = historyOf(context);
  const now = context.clock.now();
  const rows: (typeof endEstimates.$inferInsert)[] = [];
  const withoutHistory: string[] = [];
  for (const job of running) {
    const estimate = await estimateEnd(history, job, now);
    if (!estimate) {
      withoutHistory.push(job.id);
      continue;
    }
    rows.push({
      jobId: job.id,
      ...estimate,
      estimatedAt: now,
      firstEstimatedAt: now,
      firstEarliestEndAt: estimate.earliestEndAt,
      firstLatestEndAt: estimate.latestEndAt,
    });
  }
  if (rows.length > 0) await writeEstimates(context.db, rows);
  if (withoutHistory.length > 0) {
    await context.db
      .update(endEstimates)
      .set({ estimatedAt: now, earliestEndAt: null, latestEndAt: null })
      .where(inArray(endEstimates.jobId, withoutHistory));
  }
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

async function writeEstimates(db: Database, rows: (typeof endEstimates.$inferInsert)[]): Promise<void> {
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
      },
    });
}
