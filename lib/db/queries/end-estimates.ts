import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { endEstimates } from "#lib/db/schema/end-estimates.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { estimateLevel, type EndEstimate } from "#lib/domain/end-estimate.ts";
import type { JobTask } from "#lib/domain/job-values.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { conditionsOf, type TurnaroundSelection } from "./list-turnarounds.ts";

/** Of all estimates that can be judged the latest so many count. */
const judgedLimit = 10_000;

/** The present estimates of these jobs, by job id; those that are not estimated are missing. */
export async function readEndEstimates(
  db: Database,
  jobIds: readonly string[],
): Promise<Map<string, EndEstimate>> {
  if (jobIds.length === 0) return new Map();
  const rows = await db
    .select({
      jobId: endEstimates.jobId,
      estimatedAt: endEstimates.estimatedAt,
      earliestEndAt: endEstimates.earliestEndAt,
      latestEndAt: endEstimates.latestEndAt,
      basis: endEstimates.basis,
      jobCount: endEstimates.jobCount,
    })
    .from(endEstimates)
    .innerJoin(jobs, eq(endEstimates.jobId, jobs.id))
    .where(and(inArray(endEstimates.jobId, [...jobIds]), eq(jobs.userStatus, "IN_PROGRESS")));
  return new Map(
    rows.flatMap(({ jobId, earliestEndAt, ...estimate }) =>
      earliestEndAt ? [[jobId, { ...estimate, earliestEndAt, level: estimateLevel }]] : [],
    ),
  );
}

/** A running job whose end can be estimated. */
export type RunningJob = {
  id: string;
  provider: ProviderId;
  isSimulated: boolean;
  model: string | null;
  requestCount: number | null;
  providerCreatedAt: Date;
};

/** Jobs of an account that were checked since their end was estimated, or were never estimated. */
export async function listUnestimated(
  db: Database,
  { provider, account }: { provider: ProviderId; account: string },
  limit: number,
): Promise<RunningJob[]> {
  const rows = await db
    .select({
      id: jobs.id,
      provider: jobs.provider,
      isSimulated: jobs.isSimulated,
      model: jobs.model,
      requestCount: jobs.requestCount,
      providerCreatedAt: jobs.providerCreatedAt,
    })
    .from(jobs)
    .leftJoin(endEstimates, eq(endEstimates.jobId, jobs.id))
    .where(
      and(
        eq(jobs.provider, provider),
        eq(jobs.account, account),
        eq(jobs.step, "poll"),
        eq(jobs.userStatus, "IN_PROGRESS"),
        isNotNull(jobs.providerCreatedAt),
        or(isNull(endEstimates.estimatedAt), gt(jobs.lastCheckedAt, endEstimates.estimatedAt)),
      ),
    )
    .limit(limit);
  return rows.flatMap(({ providerCreatedAt, ...job }) =>
    providerCreatedAt ? [{ ...job, providerCreatedAt }] : [],
  );
}

/** How the first estimates of jobs that are alike turned out. */
export type JudgedCount = {
  provider: ProviderId;
  model: string | null;
  task: JobTask;
  requestCount: number | null;
  judgedCount: number;
  insideCount: number;
};

/**
 * Judges the first estimates of the chosen jobs. A job counts once its range is over, so that those that are late
 * count as well as those that came in time; jobs cancelled on demand do not count.
 */
export async function countJudgedEstimates(
  db: Database,
  selection: TurnaroundSelection,
  now: Date,
): Promise<JudgedCount[]> {
  const endedAt = sql`coalesce(${jobs.providerEndedAt}, ${jobs.endSeenAt})`;
  const latest = db
    .select({
      provider: jobs.provider,
      model: jobs.model,
      task: jobs.task,
      requestCount: jobs.requestCount,
      isInside:
        sql<boolean>`coalesce(${endedAt} between ${endEstimates.firstEarliestEndAt} and ${endEstimates.firstLatestEndAt}, false)`.as(
          "is_inside",
        ),
    })
    .from(endEstimates)
    .innerJoin(jobs, eq(endEstimates.jobId, jobs.id))
    .where(
      and(
        ...conditionsOf(selection),
        lt(endEstimates.firstLatestEndAt, now),
        sql`${jobs.turnaroundOutcome} <> 'cancelled'`,
        or(sql`${jobs.turnaroundOutcome} = 'unfinished'`, sql`${endedAt} is not null`),
      ),
    )
    .orderBy(desc(endEstimates.firstEstimatedAt))
    .limit(judgedLimit)
    .as("latest");
  return db
    .select({
      provider: latest.provider,
      model: latest.model,
      task: latest.task,
      requestCount: latest.requestCount,
      judgedCount: sql<number>`count(*)::int`,
      insideCount: sql<number>`(count(*) filter (where ${latest.isInside}))::int`,
    })
    .from(latest)
    .groupBy(latest.provider, latest.model, latest.task, latest.requestCount);
}
