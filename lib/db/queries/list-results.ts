import { and, asc, count, eq, ilike, isNull, or, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { requestResults, type RequestResultRow } from "#lib/db/schema/request-results.ts";
import {
  excerptLength,
  type ResultFilter,
  type ResultPage,
  type ResultRow,
} from "#lib/domain/result-page.ts";
import {
  promptMatches,
  readPromptOrigin,
  readPrompts,
  type BuiltInPrompts,
  type PromptOrigin,
} from "./read-prompts.ts";

/**
 * One page of a job's collected results in the order of its requests, each beside its prompt; null for an unknown job.
 * The counts by outcome follow the search.
 */
export async function listResults(
  db: Database,
  jobId: string,
  filter: ResultFilter,
  builtIn: BuiltInPrompts,
): Promise<ResultPage | null> {
  const origin = await readPromptOrigin(db, jobId);
  if (!origin) return null;
  const found = and(eq(requestResults.jobId, jobId), matches(db, origin, filter.search, builtIn));
  const outcomeCounts = await readOutcomeCounts(db, found);
  const rows = await db
    .select()
    .from(requestResults)
    .where(and(found, outcomeIs(filter.outcome)))
    .orderBy(asc(requestResults.requestIndex), asc(requestResults.lineNumber))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  const promptOf = await readPrompts(
    db,
    origin,
    rows.map((row) => row.requestIndex),
    builtIn,
  );
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

function matches(
  db: Database,
  origin: PromptOrigin,
  search: string,
  builtIn: BuiltInPrompts,
): SQL | undefined {
  if (search === "") return undefined;
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(requestResults.textExcerpt, pattern),
    ilike(requestResults.customId, pattern),
    ilike(requestResults.errorCode, pattern),
    ilike(requestResults.errorMessage, pattern),
    ilike(requestResults.refusal, pattern),
    ilike(requestResults.finishReason, pattern),
    promptMatches(db, origin, { search, pattern }, builtIn),
  );
}

async function readOutcomeCounts(
  db: Database,
  condition: SQL | undefined,
): Promise<ResultPage["outcomeCounts"]> {
  const rows = await db
    .select({ outcome: requestResults.outcome, value: count() })
    .from(requestResults)
    .where(condition)
    .groupBy(requestResults.outcome);
  const counts = { succeeded: 0, failed: 0, expired: 0, cancelled: 0, unreadable: 0 };
  for (const row of rows) counts[row.outcome ?? "unreadable"] = row.value;
  return counts;
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
