import { eq } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { recipes } from "#lib/db/schema/recipes.ts";
import { AppError } from "#lib/domain/errors.ts";

/** Forgets a recipe with its prompts; sets launched from it stay. Rejects with `AppError("not_found")`. */
export async function deleteRecipe({ db }: Pick<AppContext, "db">, recipeId: string): Promise<void> {
  const deleted = await db.delete(recipes).where(eq(recipes.id, recipeId)).returning({ id: recipes.id });
  if (deleted.length === 0) throw new AppError("not_found", "This recipe is gone already.");
}
