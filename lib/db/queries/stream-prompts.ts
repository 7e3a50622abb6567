import { and, asc, eq, gt } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { recipePrompts } from "#lib/db/schema/recipes.ts";

const pageSize = 500;

type PromptRow = { position: number; text: string };

/** The own prompts of a job set in their order, read page by page. */
export function streamSetPrompts(db: Database, jobSetId: string): AsyncIterable<string> {
  return streamPages((after) =>
    db
      .select({ position: prompts.position, text: prompts.text })
      .from(prompts)
      .where(and(eq(prompts.jobSetId, jobSetId), gt(prompts.position, after)))
      .orderBy(asc(prompts.position))
      .limit(pageSize),
  );
}

/** The own prompts of a recipe in their order, read page by page. */
export function streamRecipePrompts(db: Database, recipeId: string): AsyncIterable<string> {
  return streamPages((after) =>
    db
      .select({ position: recipePrompts.position, text: recipePrompts.text })
      .from(recipePrompts)
      .where(and(eq(recipePrompts.recipeId, recipeId), gt(recipePrompts.position, after)))
      .orderBy(asc(recipePrompts.position))
      .limit(pageSize),
  );
}

async function* streamPages(readPage: (after: number) => Promise<PromptRow[]>): AsyncIterable<string> {
  for (let after = -1; ;) {
    const rows = await readPage(after);
    for (const { text } of rows) yield text;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.position;
  }
}
