import { and, count, desc, eq, gte, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { attentionShown, type JobCount, type Overview } from "#lib/domain/overview.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { Counted } from "#lib/domain/visit.ts";
import { readAttention } from "./attention.ts";
import { summarise } from "./list-job-sets.ts";

const latestSetsLimit = 5;

/** The part of the first page that the database knows, and what runs at each provider. */
export type StoredOverview = Omit<Overview, "providers"> & { runningAt: Partial<Record<ProviderId, number>> };

/** What is running, what ended since the last visit, and what needs somebody. */
export async function getOverview(db: Database, counted: Counted, now: Date): Promise<StoredOverview> {
  const running = await db
    .select({ provider: jobs.provider, isSimulated: jobs.isSimulated, value: count() })
    .from(jobs)
    .where(sql`${jobs.userStatus} = 'IN_PROGRESS' and ${jobs.step} = 'poll'`)
    .groupBy(jobs.provider, jobs.isSimulated);
  const ended = await db
    .select({ isSimulated: jobs.isSimulated, value: count() })
    .from(jobs)
    .where(gte(jobs.endedAt, counted.since))
    .groupBy(jobs.isSimulated);
  const runningAt: StoredOverview["runningAt"] = {};
  for (const { provider, value } of running) runningAt[provider] = (runningAt[provider] ?? 0) + value;
  const sets = await db.select().from(jobSets).orderBy(desc(jobSets.launchedAt)).limit(latestSetsLimit);
  return {
    hasJobs: (await db.select({ id: jobs.id }).from(jobs).limit(1)).length > 0,
    readAt: now,
    running: sumOf(running),
    runningAt,
    waitingJobs: await db.$count(jobs, and(eq(jobs.userStatus, "IN_PROGRESS"), eq(jobs.step, "submit"))),
    ended: { ...sumOf(ended), ...counted },
    ...(await readAttention(db, now, attentionShown)),
    latestJobSets: await summarise(db, sets),
  };
}

function sumOf(rows: readonly { isSimulated: boolean; value: number }[]): JobCount {
  const total = (counted: typeof rows) => counted.reduce((sum, { value }) => sum + value, 0);
  return { jobCount: total(rows), simulatedCount: total(rows.filter((row) => row.isSimulated)) };
}
