import { and, asc, count, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { requestResults, type RequestResultRow } from "#lib/db/schema/request-results.ts";
import {
  excerptLength,
  type ResultFilter,
  type ResultPage,
  type ResultRow,
} from "#lib/domain/result-page.ts";

type Origin = {
  jobSetId: string | null;
  promptOffset: number;
  promptSource: "builtIn" | "own" | null;
  promptCount: number | null;
};

/** Text of the built-in prompt at a position; the set is computed, so the database does not hold it. */
export type BuiltInPrompts = (position: number) => string;

/** One page of a job's collected results in the order of its requests, each beside its prompt; null for an unknown job. */
export async function listResults(
  db: Database,
  jobId: string,
  filter: ResultFilter,
  builtInPrompts: BuiltInPrompts,
): Promise<ResultPage | null> {
  const [origin] = await db
    .select({
      jobSetId: jobs.jobSetId,
      promptOffset: jobs.promptOffset,
      promptSource: jobSets.promptSource,
      promptCount: jobSets.promptCount,
    })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .where(eq(jobs.id, jobId));
  if (!origin) return null;
  const outcomeCounts = await readOutcomeCounts(db, jobId);
  const rows = await db
    .select()
    .from(requestResults)
    .where(and(eq(requestResults.jobId, jobId), outcomeIs(filter.outcome)))
    .orderBy(sql`${requestResults.requestIndex} asc nulls last`, asc(requestResults.lineNumber))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  const promptOf = await readPrompts(db, origin, rows, builtInPrompts);
  const all = Object.values(outcomeCounts).reduce((sum, value) => sum + value, 0);
  return {
    rows: rows.map((row) => toResultRow(row, promptOf(row.requestIndex))),
    total: filter.outcome ? outcomeCounts[filter.outcome] : all,
    outcomeCounts,
  };
}

function outcomeIs(outcome: ResultFilter["outcome"]): SQL | undefined {
  if (outcome === null) return undefined;
  return outcome === "unreadable" ? isNull(requestResults.outcome) : eq(requestResults.outcome, outcome);
}

async function readOutcomeCounts(db: Database, jobId: string): Promise<ResultPage["outcomeCounts"]> {
  const rows = await db
    .select({ outcome: requestResults.outcome, value: count() })
    .from(requestResults)
    .where(eq(requestResults.jobId, jobId))
    .groupBy(requestResults.outcome);
  const counts = { succeeded: 0, failed: 0, expired: 0, cancelled: 0, unreadable: 0 };
  for (const row of rows) counts[row.outcome ?? "unreadable"] = row.value;
  return counts;
}

async function readPrompts(
  db: Database,
  origin: Origin,
  rows: RequestResultRow[],
  builtInPrompts: BuiltInPrompts,
): Promise<(requestIndex: number | null) => string | null> {
  const { jobSetId, promptSource, promptCount, promptOffset } = origin;
  if (!jobSetId || !promptCount) return () => null;
  const positionOf = (requestIndex: number) => (promptOffset + requestIndex) % promptCount;
  if (promptSource === "builtIn") {
    return (index) => (index === null ? null : builtInPrompts(positionOf(index)));
  }
  const positions = rows.flatMap((row) => (row.requestIndex === null ? [] : [positionOf(row.requestIndex)]));
  if (positions.length === 0) return () => null;
  const found = await db
    .select({ position: prompts.position, text: prompts.text })
    .from(prompts)
    .where(and(eq(prompts.jobSetId, jobSetId), inArray(prompts.position, positions)));
  const texts = new Map(found.map((prompt) => [prompt.position, prompt.text]));
  return (index) => (index === null ? null : (texts.get(positionOf(index)) ?? null));
}

function toResultRow(row: RequestResultRow, prompt: string | null): ResultRow {
  return {
    lineNumber: row.lineNumber,
    requestIndex: row.requestIndex,
    customId: row.customId,
    outcome: row.outcome,
    prompt,
    textExcerpt: row.textExcerpt,
    isExcerpt: (row.textExcerpt?.length ?? 0) >= excerptLength,
    finishReason: row.finishReason,
    refusal: row.refusal,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    totalTokens: row.totalTokens,
  };
}
