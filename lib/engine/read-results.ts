import type { Database } from "#lib/db/client.ts";
import { listResults } from "#lib/db/queries/list-results.ts";
import type { ResultFilter, ResultPage } from "#lib/domain/result-page.ts";
import { builtInPrompt, builtInPromptCount } from "#lib/prompts/built-in.ts";

/** One page of a job's collected results, each beside the prompt that was sent; null for an unknown job. */
export function readResults(db: Database, jobId: string, filter: ResultFilter): Promise<ResultPage | null> {
  return listResults(db, jobId, filter, (position) => builtInPrompt(position % builtInPromptCount));
}
