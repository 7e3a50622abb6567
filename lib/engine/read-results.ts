import type { Database } from "#lib/db/client.ts";
import { FoundLinesMemory } from "#lib/db/queries/found-lines.ts";
import { listResults } from "#lib/db/queries/list-results.ts";
import type { BuiltInPrompts } from "#lib/db/queries/read-prompts.ts";
import type { ResultFilter, ResultPage } from "#lib/domain/result-page.ts";
import { builtInPrompt, builtInPromptCount } from "#lib/prompts/built-in.ts";

export const builtInPrompts: BuiltInPrompts = {
  textAt: (position) => builtInPrompt(position % builtInPromptCount),
  positionsWith(search) {
    const wanted = search.toLowerCase();
    const positions = Array.from({ length: builtInPromptCount }, (_, position) => position);
    return positions.filter((position) => builtInPrompt(position).toLowerCase().includes(wanted));
  },
};

/** One page of a job's collected results, each beside the prompt that was sent; null for an unknown job. */
export function readResults(db: Database, jobId: string, filter: ResultFilter): Promise<ResultPage | null> {
  return listResults(db, jobId, filter, builtInPrompts, memoryOf(db));
}

const memories = new WeakMap<Database, FoundLinesMemory>();

function memoryOf(db: Database): FoundLinesMemory {
  const memory = memories.get(db) ?? new FoundLinesMemory();
  memories.set(db, memory);
  return memory;
}
