import { eq } from "drizzle-orm";
import { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import { recipePrompts, recipes } from "#lib/db/schema/recipes.ts";
import { AppError } from "#lib/domain/errors.ts";
import { createId } from "#lib/domain/ids.ts";
import { recipeInputSchema } from "#lib/domain/recipe.ts";
import { builtInPromptCount } from "#lib/prompts/built-in.ts";
import { inBatches } from "./in-batches.ts";

const saveInputSchema = z.object({ recipe: recipeInputSchema, mayReplace: z.boolean() });

/**
 * Saves what could be launched under its name, to launch it again later. Rejects with `AppError("conflict")` when
 * another recipe has the name and `mayReplace` is false, with `AppError("invalid_input")` and the wrong fields.
 */
export async function saveRecipe(
  { db, clock }: Pick<AppContext, "db" | "clock">,
  input: unknown,
): Promise<{ recipeId: string }> {
  const parsed = saveInputSchema.safeParse(input);
  if (!parsed.success) throw invalidRecipe(parsed.error);
  const { recipe, mayReplace } = parsed.data;
  const recipeId = createId("recipe");
  const own = recipe.prompts.kind === "own" ? recipe.prompts.prompts : [];
  await db.transaction(async (transaction) => {
    if (mayReplace) await transaction.delete(recipes).where(eq(recipes.name, recipe.name));
    const inserted = await transaction
      .insert(recipes)
      .values({
        id: recipeId,
        name: recipe.name,
        notes: recipe.notes,
        timeOutHours: recipe.timeOutHours,
        lanes: recipe.lanes,
        promptSource: recipe.prompts.kind,
        promptCount: recipe.prompts.kind === "own" ? own.length : builtInPromptCount,
        savedAt: clock.now(),
      })
      .onConflictDoNothing({ target: recipes.name })
      .returning({ id: recipes.id });
    if (inserted.length === 0) {
      throw new AppError("conflict", "There is a recipe of this name. Replace it, or choose another name.");
    }
    const rows = own.map((text, position) => ({ recipeId, position, text }));
    for (const part of inBatches(rows)) await transaction.insert(recipePrompts).values(part);
  });
  return { recipeId };
}

function invalidRecipe(error: z.core.$ZodError): AppError {
  const problems = error.issues.map(({ path, message }) => ({
    // The form knows its fields by their place in the recipe.
    field: path.slice(1).join("."),
    message,
  }));
  return new AppError("invalid_input", problems[0]?.message ?? "The recipe cannot be saved as it is.", {
    problems,
  });
}
