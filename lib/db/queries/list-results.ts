import { and, asc, count, eq, ilike, inArray, isNull, or, type SQL } from "drizzle-orm";
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
  const { outcomeCounts, rows } =
    filter.search === ""
      ? await readPage(db, jobId, filter)
      : await searchPage(db, jobId, filter, matches(db, origin, filter.search, builtIn));
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

type Page = { outcomeCounts: ResultPage["outcomeCounts"]; rows: RequestResultRow[] };

const inOrder = [asc(requestResults.requestIndex), asc(requestResults.lineNumber)];

async function readPage(db: Database, jobId: string, filter: ResultFilter): Promise<Page> {
  const ofJob = eq(requestResults.jobId, jobId);
  const counted = await db
    .select({ outcome: requestResults.outcome, value: count() })
    .from(requestResults)
    .where(ofJob)
    .groupBy(requestResults.outcome);
  const rows = await db
    .select()
    .from(requestResults)
    .where(and(ofJob, outcomeIs(filter.outcome)))
    .orderBy(...inOrder)
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  return { outcomeCounts: countsOf(counted), rows };
}

/** The same under a search, whose texts are read once for the counts and the page together. */
async function searchPage(
  db: Database,
  jobId: string,
  filter: ResultFilter,
  condition: SQL | undefined,
): Promise<Page> {
  const found = await db
    .select({ lineNumber: requestResults.lineNumber, outcome: requestResults.outcome })
    .from(requestResults)
    .where(and(eq(requestResults.jobId, jobId), condition))
    .orderBy(...inOrder);
  const counted = new Map<RequestResultRow["outcome"], number>();
  for (const { outcome } of found) counted.set(outcome, (counted.get(outcome) ?? 0) + 1);
  const isWanted = ({ outcome }: Pick<RequestResultRow, "outcome">) =>
    filter.outcome === null || (outcome ?? "unreadable") === filter.outcome;
  const start = (filter.page - 1) * filter.pageSize;
  const lineNumbers = found
    .filter(isWanted)
    .slice(start, start + filter.pageSize)
    .map((line) => line.lineNumber);
  const rows = await db
    .select()
    .from(requestResults)
    .where(and(eq(requestResults.jobId, jobId), inArray(requestResults.lineNumber, lineNumbers)))
    .orderBy(...inOrder);
  return {
    outcomeCounts: countsOf([...counted].map(([outcome, value]) => ({ outcome, value }))),
    rows,
  };
}

function countsOf(counted: readonly { outcome: RequestResultRow["outcome"]; value: number }[]) {
  const counts = { succeeded: 0, failed: 0, expired: 0, cancelled: 0, unreadable: 0 };
  for (const { outcome, value } of counted) counts[outcome ?? "unreadable"] = value;
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
