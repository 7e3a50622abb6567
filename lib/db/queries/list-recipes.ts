import { asc } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { recipes } from "#lib/db/schema/recipes.ts";
import type { RecipeSummary } from "#lib/domain/recipe.ts";

const shownLimit = 200;

/** The first 200 recipes by name, without their prompts. */
export async function listRecipes(db: Database): Promise<RecipeSummary[]> {
  const rows = await db.select().from(recipes).orderBy(asc(recipes.name)).limit(shownLimit);
  return rows.map(({ id, name, lanes, promptSource, promptCount, savedAt }) => ({
    id,
    name,
    providers: [...new Set(lanes.map((lane) => lane.provider))],
    jobCount: lanes.reduce((sum, lane) => sum + lane.jobCount, 0),
    requestCount: lanes.reduce((sum, lane) => sum + lane.jobCount * lane.requestsPerJob, 0),
    promptSource,
    promptCount,
    savedAt,
  }));
}
