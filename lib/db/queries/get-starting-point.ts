import { asc, eq } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import { recipes } from "#lib/db/schema/recipes.ts";
import type { StartingPoint } from "#lib/domain/recipe.ts";

/** A recipe as the launch form takes it; null when the id is unknown. */
export async function getRecipeStart(db: Database, recipeId: string): Promise<StartingPoint | null> {
  const [recipe] = await db.select().from(recipes).where(eq(recipes.id, recipeId));
  if (!recipe) return null;
  return {
    origin: `the recipe “${recipe.name}”`,
    name: "",
    notes: recipe.notes,
    timeOutHours: recipe.timeOutHours,
    // A recipe of an earlier version has lanes without task and parameters.
    lanes: recipe.lanes.map((lane) => ({
      ...lane,
      task: lane.task ?? "text",
      parameters: lane.parameters ?? {},
    })),
    promptCount: recipe.promptCount,
    promptsHref: recipe.promptSource === "own" ? `/api/recipes/${recipeId}/prompts` : null,
  };
}

/** A launched job set as the launch form takes it; null when the id is unknown. */
export async function getJobSetStart(db: Database, jobSetId: string): Promise<StartingPoint | null> {
  const [jobSet] = await db.select().from(jobSets).where(eq(jobSets.id, jobSetId));
  if (!jobSet) return null;
  const rows = await db.select().from(lanes).where(eq(lanes.jobSetId, jobSetId)).orderBy(asc(lanes.position));
  return {
    origin: `the job set “${jobSet.name}”`,
    name: jobSet.name,
    notes: jobSet.notes,
    timeOutHours: jobSet.timeOutHours,
    lanes: rows.map(({ provider, model, task, jobCount, requestsPerJob, maxOutputTokens, parameters }) => ({
      provider,
      model,
      task,
      jobCount,
      requestsPerJob,
      maxOutputTokens,
      parameters,
    })),
    promptCount: jobSet.promptCount,
    promptsHref: jobSet.promptSource === "own" ? `/api/job-sets/${jobSetId}/prompts` : null,
  };
}
