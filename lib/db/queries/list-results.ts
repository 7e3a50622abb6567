import { and, asc, count, eq, getTableColumns, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { requestResults, type RequestResultRow } from "#lib/db/schema/request-results.ts";
import {
  excerptLength,
  type ResultFilter,
  type ResultPage,
  type ResultRow,
} from "#lib/domain/result-page.ts";
import { containsText } from "./contains-text.ts";
import { FoundLines, type FoundLinesMemory } from "./found-lines.ts";
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
  memory: FoundLinesMemory,
): Promise<ResultPage | null> {
  const origin = await readPromptOrigin(db, jobId);
  if (!origin) return null;
  const { outcomeCounts, rows } =
    filter.search === ""
      ? await readPage(db, jobId, filter)
      : await searchPage(db, jobId, filter, {
          condition: () => matches(db, origin, filter.search, builtIn),
          key: searchKeyOf(jobId, origin, filter.search),
          memory,
        });
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

/** Short texts come first: where they decide, the answer is not read. */
function matches(
  db: Database,
  origin: PromptOrigin,
  search: string,
  builtIn: BuiltInPrompts,
): SQL | undefined {
  const { customId, errorCode, errorMessage, refusal, finishReason, textExcerpt } = requestResults;
  const columns = [customId, errorCode, errorMessage, refusal, finishReason, textExcerpt];
  return or(
    ...columns.map((column) => containsText(column, search)),
    promptMatches(db, origin, search, builtIn),
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
  // The places of the page first, from the index alone: what is skipped is not read.
  const place = db
    .select({ lineNumber: requestResults.lineNumber })
    .from(requestResults)
    .where(and(ofJob, outcomeIs(filter.outcome)))
    .orderBy(...inOrder)
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize)
    .as("place");
  const rows = await db
    .select(getTableColumns(requestResults))
    .from(place)
    .innerJoin(requestResults, and(ofJob, eq(requestResults.lineNumber, place.lineNumber)))
    .orderBy(...inOrder);
  return { outcomeCounts: countsOf(counted), rows };
}

/** The same under a search: its texts are read once for the counts and all pages, as long as its lines are remembered. */
async function searchPage(
  db: Database,
  jobId: string,
  filter: ResultFilter,
  search: { condition: () => SQL | undefined; key: string | null; memory: FoundLinesMemory },
): Promise<Page> {
  const { condition, key, memory } = search;
  let found = key === null ? null : memory.get(key);
  if (!found) {
    const lines = await db
      .select({ lineNumber: requestResults.lineNumber, outcome: requestResults.outcome })
      .from(requestResults)
      .where(and(eq(requestResults.jobId, jobId), condition()))
      .orderBy(...inOrder);
    found = new FoundLines(lines);
    if (key !== null) memory.keep(key, found);
  }
  const rows = await db
    .select()
    .from(requestResults)
    .where(and(eq(requestResults.jobId, jobId), inArray(requestResults.lineNumber, found.page(filter))))
    .orderBy(...inOrder);
  return { outcomeCounts: found.outcomeCounts(), rows };
}

/** Names what is searched: collecting or deleting results makes it another; null while they may still change. */
function searchKeyOf(
  jobId: string,
  { collectedAt, resultsPrunedAt }: PromptOrigin,
  search: string,
): string | null {
  if (collectedAt === null) return null;
  return [jobId, collectedAt.getTime(), resultsPrunedAt?.getTime() ?? "", search.toLowerCase()].join(" ");
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
