import { and, count, desc, eq, gte, isNotNull, ne, or, sql, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { toJob } from "#lib/db/job-mapper.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { Job } from "#lib/domain/job.ts";
import { hasNoSuccess, isPartial } from "#lib/domain/outcome-counts.ts";
import type { AttentionReason, Overview } from "#lib/domain/overview.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { jobColumns } from "./job-columns.ts";
import { summarise } from "./list-job-sets.ts";

const dayMs = 24 * 60 * 60 * 1000;
const attentionLimit = 10;
const latestSetsLimit = 5;

/** What is running, what ended, and what needs somebody. Ended jobs ask for attention for one day. */
export async function getOverview(db: Database, now: Date): Promise<Overview> {
  const dayAgo = new Date(now.getTime() - dayMs);
  const [figures] = await db
    .select({
      totalJobs: count(),
      runningJobs: countWhere(and(isInProgress, isNotNull(jobs.providerJobId))),
      waitingJobs: countWhere(and(isInProgress, sql`${jobs.providerJobId} is null`)),
      ended24h: countWhere(and(ne(jobs.userStatus, "IN_PROGRESS"), gte(endedAt, dayAgo))),
      attentionCount: countWhere(needsAttention(dayAgo)),
    })
    .from(jobs);
  const attention = await readAttention(db, dayAgo);
  const sets = await db.select().from(jobSets).orderBy(desc(jobSets.launchedAt)).limit(latestSetsLimit);
  return {
    totalJobs: figures?.totalJobs ?? 0,
    runningJobs: figures?.runningJobs ?? 0,
    waitingJobs: figures?.waitingJobs ?? 0,
    ended24h: figures?.ended24h ?? 0,
    attentionCount: figures?.attentionCount ?? 0,
    attention,
    providers: await readProviders(db),
    latestJobSets: await summarise(db, sets),
  };
}

const isInProgress = eq(jobs.userStatus, "IN_PROGRESS");
/**
 * When we learned of the end; a job that failed before it was submitted has only its launch. One that was not launched
 * here may have ended long before: there the provider says when.
 */
const endedAt =
  sql<Date>`coalesce(case when ${jobs.origin} <> 'launched' then ${jobs.providerEndedAt} end, ${jobs.endSeenAt}, ${jobs.launchedAt})`.mapWith(
    jobs.launchedAt,
  );

function countWhere(condition: SQL | undefined) {
  return sql<number>`count(*) filter (where ${condition ?? sql`true`})`.mapWith(Number);
}

function needsAttention(dayAgo: Date): SQL | undefined {
  const othersThanSuccess = sql`coalesce(${jobs.countFailed}, 0) + coalesce(${jobs.countExpired}, 0) > 0`;
  const endedBadly = or(
    eq(jobs.userStatus, "FAILED"),
    eq(jobs.userStatus, "CANCELLED_TIMED_OUT"),
    and(eq(jobs.userStatus, "SUCCEEDED"), othersThanSuccess),
  );
  const isInTrouble = and(isNotNull(jobs.trouble), ne(jobs.step, "done"));
  return or(isInTrouble, and(or(endedBadly, isNotNull(jobs.trouble)), gte(endedAt, dayAgo)));
}

async function readAttention(db: Database, dayAgo: Date): Promise<Overview["attention"]> {
  const rows = await db
    .select({ ...jobColumns, jobSetName: jobSets.name })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .where(needsAttention(dayAgo))
    .orderBy(desc(endedAt), desc(jobs.id))
    .limit(attentionLimit);
  return rows.map(({ jobSetName, ...row }) => {
    const job = toJob(row);
    return { job: { ...job, jobSetName }, reason: reasonOf(job) };
  });
}

function reasonOf(job: Job): AttentionReason {
  if (job.trouble !== null && job.userStatus === "IN_PROGRESS") return "trouble";
  if (isPartial(job.counts)) return "partial";
  if (job.userStatus === "CANCELLED_TIMED_OUT") return "timed_out";
  if (job.userStatus === "SUCCEEDED" && hasNoSuccess(job.counts)) return "no_success";
  return job.trouble !== null ? "trouble" : "failed";
}

async function readProviders(db: Database): Promise<Overview["providers"]> {
  const rows = await db
    .select({
      provider: jobs.provider,
      runningJobs: count(),
      trouble: sql<string | null>`max(${jobs.trouble})`,
    })
    .from(jobs)
    .where(isInProgress)
    .groupBy(jobs.provider);
  return providerIds.map((provider) => {
    const row = rows.find((candidate) => candidate.provider === provider);
    return { provider, runningJobs: row?.runningJobs ?? 0, trouble: row?.trouble ?? null };
  });
}
