import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { containsText } from "./contains-text.ts";

/** The built-in prompts. They are computed, so the database does not hold them. */
export type BuiltInPrompts = {
  textAt: (position: number) => string;
  /** The positions of those that contain a text, in any case. */
  positionsWith: (search: string) => number[];
};

/** Where the prompts of a job's requests come from, and which state of its results they stand beside. */
export type PromptOrigin = {
  jobSetId: string | null;
  promptOffset: number;
  promptSource: "builtIn" | "own" | null;
  promptCount: number | null;
  /** When the job's results were collected, and deleted here; null while they were not. */
  collectedAt: Date | null;
  resultsPrunedAt: Date | null;
};

export type PromptOf = (requestIndex: number | null) => string | null;

/** Null for an unknown job. */
export async function readPromptOrigin(db: Database, jobId: string): Promise<PromptOrigin | null> {
  const [origin] = await db
    .select({
      jobSetId: jobs.jobSetId,
      promptOffset: jobs.promptOffset,
      promptSource: jobSets.promptSource,
      promptCount: jobSets.promptCount,
      collectedAt: jobs.collectedAt,
      resultsPrunedAt: jobs.resultsPrunedAt,
    })
    .from(jobs)
    .leftJoin(jobSets, eq(jobs.jobSetId, jobSets.id))
    .where(eq(jobs.id, jobId));
  return origin ?? null;
}

/** The prompts of some requests of a job; null where nobody knows them. */
export async function readPrompts(
  db: Database,
  { jobSetId, promptSource, promptCount, promptOffset }: PromptOrigin,
  requestIndexes: readonly (number | null)[],
  builtIn: BuiltInPrompts,
): Promise<PromptOf> {
  if (!jobSetId || !promptCount) return () => null;
  const positionOf = (requestIndex: number) => (promptOffset + requestIndex) % promptCount;
  if (promptSource === "builtIn") {
    return (index) => (index === null ? null : builtIn.textAt(positionOf(index)));
  }
  const positions = requestIndexes.flatMap((index) => (index === null ? [] : [positionOf(index)]));
  if (positions.length === 0) return () => null;
  const found = await db
    .select({ position: prompts.position, text: prompts.text })
    .from(prompts)
    .where(and(eq(prompts.jobSetId, jobSetId), inArray(prompts.position, positions)));
  const texts = new Map(found.map((prompt) => [prompt.position, prompt.text]));
  return (index) => (index === null ? null : (texts.get(positionOf(index)) ?? null));
}

/** The results whose prompt contains a text; undefined when the job's prompts are unknown. */
export function promptMatches(
  db: Database,
  { jobSetId, promptSource, promptCount, promptOffset }: PromptOrigin,
  search: string,
  builtIn: BuiltInPrompts,
): SQL | undefined {
  if (!jobSetId || !promptCount) return undefined;
  const position = sql`((${requestResults.requestIndex} + ${promptOffset}::int) % ${promptCount}::int)`;
  if (promptSource === "builtIn") {
    const positions = JSON.stringify(builtIn.positionsWith(search));
    return sql`${position} in (select value::int from jsonb_array_elements_text(${positions}::jsonb))`;
  }
  return inArray(
    position,
    db
      .select({ position: prompts.position })
      .from(prompts)
      .where(and(eq(prompts.jobSetId, jobSetId), containsText(prompts.text, search))),
  );
}
