import { and, eq, inArray, isNotNull, isNull, lte, sql, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { toJob } from "#lib/db/job-mapper.ts";
import { endEstimates } from "#lib/db/schema/end-estimates.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import {
  attentionHours,
  resultsExpiringShare,
  resultsKept,
  windowEndingShare,
  type AttentionReason,
} from "#lib/domain/attention.ts";
import { longestTimeOutHours } from "#lib/domain/launch-limits.ts";
import type { Job } from "#lib/domain/job.ts";
import { hasNoSuccess, isPartial } from "#lib/domain/outcome-counts.ts";
import type { AttentionItem } from "#lib/domain/overview.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { jobColumns } from "./job-columns.ts";

const hourMs = 60 * 60 * 1000;

/** The ids of all jobs that need somebody at the moment `now`, as a subquery. */
export function attentionIds(now: Date): SQL {
  return sql`(select id from (${attentionEntries(now)}) as entries)`;
}

/** How many jobs need somebody at the moment `now`, and the most urgent of them. */
export async function readAttention(
  db: Database,
  now: Date,
  limit: number,
): Promise<{ attentionCount: number; attention: AttentionItem[] }> {
  const entries = await db
    .select({
      id: sql<string>`entry.id`,
      reason: sql<AttentionReason | "ended">`entry.reason`,
      deadlineSeconds: sql<number | null>`extract(epoch from entry.deadline_at)::float8`,
      deadlineOf: sql<NonNullable<AttentionItem["deadline"]>["of"] | null>`entry.deadline_of`,
      attentionCount: sql<number>`(count(*) over ())::int`,
    })
    .from(
      sql`(select distinct on (id) * from (${attentionEntries(now)}) as entries order by id, urgency) as entry`,
    )
    .orderBy(sql`entry.urgency`, sql`entry.position`, sql`entry.id`)
    .limit(limit);
  const found = await readJobs(
    db,
    entries.map(({ id }) => id),
  );
  const attention = entries.flatMap(({ id, reason, deadlineSeconds, deadlineOf }): AttentionItem[] => {
    const known = found.get(id);
    if (!known) return [];
    const { job, slow } = known;
    return [
      {
        job,
        reason: reason === "ended" ? reasonOfEnded(job) : reason,
        deadline:
          deadlineSeconds === null || deadlineOf === null
            ? null
            : { at: new Date(deadlineSeconds * 1000), of: deadlineOf },
        slow: reason === "stuck" ? slow : null,
      },
    ];
  });
  return { attentionCount: entries[0]?.attentionCount ?? 0, attention };
}

/** One row for each job and reason: deadlines soonest first, everything else newest first. */
function attentionEntries(now: Date): SQL {
  return sql.join(
    [resultsExpiring(now), windowsEnding(now), inTrouble(now), stuck(now), endedBadly(now)],
    sql` union all `,
  );
}

type Entry = {
  reason: AttentionReason | "ended";
  urgency: number;
  position: SQL;
  deadlineAt?: SQL;
  deadlineOf?: SQL;
  from?: SQL;
  where: SQL | undefined;
};

function entry({ reason, urgency, position, deadlineAt, deadlineOf, from, where }: Entry): SQL {
  return sql`select ${jobs.id} as id, ${sql.raw(`'${reason}'`)} as reason, ${sql.raw(String(urgency))} as urgency,
    ${position} as position, ${deadlineAt ?? sql`null::timestamptz`} as deadline_at,
    ${deadlineOf ?? sql`null::text`} as deadline_of from ${from ?? jobs} where ${where}`;
}

const newestFirst = (moment: SQL) => sql`-extract(epoch from ${moment})`;
const soonestFirst = (moment: SQL) => sql`extract(epoch from ${moment})`;
const at = (moment: Date) => sql`${moment.toISOString()}::timestamptz`;

/** A number for each provider, as an expression on the rows of `jobs`. */
function byProvider(hoursOf: (provider: ProviderId) => number): SQL {
  const cases = providerIds.map((id) => sql.raw(`when '${id}' then ${hoursOf(id)}`));
  return sql`(case ${jobs.provider} ${sql.join(cases, sql` `)} end * interval '1 hour')`;
}

const keptFor = byProvider((provider) => resultsKept[provider].hours);
const keptSince = sql`(case when ${inArray(
  jobs.provider,
  providerIds.filter((provider) => resultsKept[provider].since === "creation"),
)} then ${jobs.providerCreatedAt} else coalesce(${jobs.providerEndedAt}, ${jobs.endSeenAt}) end)`;

/** Ended at the provider, and its results are not here yet. */
function resultsExpiring(now: Date): SQL {
  const deletedAt = sql`${keptSince} + ${keptFor}`;
  return entry({
    reason: "results_expiring",
    urgency: 0,
    position: soonestFirst(deletedAt),
    deadlineAt: deletedAt,
    deadlineOf: sql`'results'`,
    where: and(
      eq(jobs.step, "collect"),
      isNull(jobs.providerRemovedAt),
      sql`${deletedAt} - ${keptFor} * ${resultsExpiringShare}::float8 <= ${at(now)}`,
    ),
  });
}

const isWatched = sql`${jobs.userStatus} = 'IN_PROGRESS' and ${jobs.step} = 'poll'`;
const timesOutAt = sql`(case when not ${jobs.isUnproven}
  then ${jobs.submittedAt} + ${jobs.timeOutSeconds} * interval '1 second' end)`;
const providerEndsAt = sql`coalesce(${jobs.providerExpiresAt},
  ${jobs.providerCreatedAt} + ${byProvider((provider) => longestTimeOutHours[provider])})`;

/** Runs, and will soon be ended by our time-out or by the provider, whichever comes first. */
function windowsEnding(now: Date): SQL {
  const endsAt = sql`least(${timesOutAt}, ${providerEndsAt})`;
  const startedAt = sql`coalesce(${jobs.submittedAt}, ${jobs.providerCreatedAt})`;
  return entry({
    reason: "window_ending",
    urgency: 1,
    position: soonestFirst(endsAt),
    deadlineAt: endsAt,
    deadlineOf: sql`case when ${timesOutAt} <= ${providerEndsAt} then 'time_out' else 'provider' end`,
    where: and(
      isWatched,
      isNull(jobs.cancelRequestedAt),
      sql`${endsAt} - (${endsAt} - ${startedAt}) * ${windowEndingShare}::float8 <= ${at(now)}`,
    ),
  });
}

function inTrouble(now: Date): SQL {
  const dayAgo = at(new Date(now.getTime() - attentionHours * hourMs));
  return entry({
    reason: "trouble",
    urgency: 2,
    position: newestFirst(sql`${jobs.launchedAt}`),
    where: and(
      isNotNull(jobs.trouble),
      sql`(${jobs.step} <> 'done' or coalesce(${jobs.endedAt}, ${jobs.launchedAt}) >= ${dayAgo})`,
    ),
  });
}

/** Runs for longer than almost all jobs like it did. */
function stuck(now: Date): SQL {
  return entry({
    reason: "stuck",
    urgency: 3,
    position: newestFirst(sql`${endEstimates.slowFromAt}`),
    from: sql`${endEstimates} inner join ${jobs} on ${eq(endEstimates.jobId, jobs.id)}`,
    where: and(isWatched, isNotNull(endEstimates.slowFromAt), lte(endEstimates.slowFromAt, now)),
  });
}

function endedBadly(now: Date): SQL {
  const dayAgo = at(new Date(now.getTime() - attentionHours * hourMs));
  return entry({
    reason: "ended",
    urgency: 4,
    position: newestFirst(sql`${jobs.endedAt}`),
    where: and(
      sql`${jobs.endedAt} >= ${dayAgo}`,
      sql`(${jobs.turnaroundOutcome} in ('not_delivered', 'partial') or ${jobs.userStatus} = 'FAILED')`,
    ),
  });
}

type KnownJob = Pick<AttentionItem, "job" | "slow">;

async function readJobs(db: Database, ids: readonly string[]): Promise<Map<string, KnownJob>> {
  if (ids.length === 0) return new Map();
  const { slowFromAt, slowShare, slowBasis, slowJobCount } = endEstimates;
  const rows = await db
    .select({
      job: jobColumns,
      jobSetName: jobSets.name,
      slow: { slowFromAt, slowShare, slowBasis, slowJobCount },
    })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .leftJoin(endEstimates, eq(endEstimates.jobId, jobs.id))
    .where(inArray(jobs.id, [...ids]));
  return new Map(
    rows.map(({ job: row, jobSetName, slow }) => [
      row.id,
      { job: { ...toJob(row), jobSetName }, slow: toSlow(slow, row.providerCreatedAt) },
    ]),
  );
}

type SlowColumns = Pick<
  typeof endEstimates.$inferSelect,
  "slowFromAt" | "slowShare" | "slowBasis" | "slowJobCount"
>;

function toSlow(columns: SlowColumns | null, createdAt: Date | null): AttentionItem["slow"] {
  if (!columns?.slowFromAt || !createdAt) return null;
  const { slowFromAt, slowShare: share, slowBasis: basis, slowJobCount: jobCount } = columns;
  if (share === null || basis === null || jobCount === null) return null;
  return { limitSeconds: (slowFromAt.getTime() - createdAt.getTime()) / 1000, share, basis, jobCount };
}

function reasonOfEnded(job: Job): AttentionReason {
  if (isPartial(job.counts)) return "partial";
  if (job.userStatus === "CANCELLED_TIMED_OUT") return "timed_out";
  return job.userStatus === "SUCCEEDED" && hasNoSuccess(job.counts) ? "no_success" : "failed";
}
