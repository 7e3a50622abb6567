import {
  and,
  count,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  not,
  notInArray,
  or,
  sql,
  type SQL,
} from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { PruneInput, PrunePreview } from "#lib/domain/prune.ts";

const dayMs = 24 * 60 * 60 * 1000;

/** When the job was over: by the provider's clock, else when we saw it, else when it came here. */
const endedAt = sql`coalesce(${jobs.providerEndedAt}, ${jobs.endSeenAt}, ${jobs.launchedAt})`;

/**
 * The jobs that a deletion takes. Results go job by job; jobs go with their whole set, so that no set is left that
 * looks as if part of it were still to come.
 */
export function prunableJobs(db: Database, input: PruneInput, now: Date): SQL | undefined {
  const isOver = and(eq(jobs.step, "done"), isOldEnough(input, now));
  if (input.subject === "results") {
    return and(isOver, isOfSet(input), isNotNull(jobs.collectedAt), isNull(jobs.resultsPrunedAt));
  }
  const setsToKeep = db
    .select({ jobSetId: jobs.jobSetId })
    .from(jobs)
    .where(and(isNotNull(jobs.jobSetId), not(isOver ?? sql`true`)));
  return and(isOver, isOfSet(input), or(isNull(jobs.jobSetId), notInArray(jobs.jobSetId, setsToKeep)));
}

/** What the deletion would take, and how many of the chosen jobs it leaves. */
export async function previewPrune(db: Database, input: PruneInput, now: Date): Promise<PrunePreview> {
  const chosen = and(isOfSet(input), isOldEnough(input, now));
  const prunable = prunableJobs(db, input, now);
  const hasFile = and(isNotNull(jobs.collectedAt), isNull(jobs.resultsPrunedAt));
  const [taken] = await db
    .select({
      jobCount: count(),
      resultBytes: sql<number>`coalesce(sum(${jobs.resultSizeBytes}) filter (where ${hasFile}), 0)`.mapWith(
        Number,
      ),
      resultLineCount:
        sql<number>`coalesce(sum(${jobs.resultLineCount}) filter (where ${hasFile}), 0)`.mapWith(Number),
    })
    .from(jobs)
    .where(prunable);
  const [all] = await db
    .select({ value: count() })
    .from(jobs)
    .where(input.subject === "results" ? and(chosen, or(hasFile, not(eq(jobs.step, "done")))) : chosen);
  const jobCount = taken?.jobCount ?? 0;
  return {
    jobCount,
    resultBytes: taken?.resultBytes ?? 0,
    resultLineCount: taken?.resultLineCount ?? 0,
    keptJobCount: (all?.value ?? 0) - jobCount,
  };
}

/** Ids and sizes of the next jobs to delete, one set after the other. */
export function listPrunableJobs(db: Database, condition: SQL | undefined, limit: number) {
  return db
    .select({
      id: jobs.id,
      jobSetId: jobs.jobSetId,
      collectedAt: jobs.collectedAt,
      sizeBytes: jobs.resultSizeBytes,
    })
    .from(jobs)
    .where(condition)
    .orderBy(jobs.jobSetId, jobs.id)
    .limit(limit);
}

/** Still over: a job can be taken up again while its deletion is prepared. */
export function amongAndOver(jobIds: string[]): SQL | undefined {
  return and(inArray(jobs.id, jobIds), eq(jobs.step, "done"));
}

function isOfSet({ jobSetId }: PruneInput): SQL | undefined {
  return jobSetId === null ? undefined : eq(jobs.jobSetId, jobSetId);
}

function isOldEnough({ olderThanDays }: PruneInput, now: Date): SQL | undefined {
  if (olderThanDays === null) return undefined;
  return lte(endedAt, new Date(now.getTime() - olderThanDays * dayMs).toISOString());
}
