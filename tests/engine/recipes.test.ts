import { describe, expect, it } from "vitest";
import { getJobSetStart, getRecipeStart } from "#lib/db/queries/get-starting-point.ts";
import { listRecipes } from "#lib/db/queries/list-recipes.ts";
import { streamRecipePrompts, streamSetPrompts } from "#lib/db/queries/stream-prompts.ts";
import { recipes } from "#lib/db/schema/recipes.ts";
import { deleteRecipe } from "#lib/engine/delete-recipe.ts";
import { launch } from "#lib/engine/launch.ts";
import { saveRecipe } from "#lib/engine/save-recipe.ts";
import { useEngineWorld } from "#tests/setup/engine-world.ts";

const world = useEngineWorld();

const lane = {
  provider: "openai",
  model: "gpt-4o-mini",
  jobCount: 2,
  requestsPerJob: 3,
  maxOutputTokens: 256,
  parameters: { systemPrompt: "Answer briefly.", temperature: 0.2, extra: { seed: 7 } },
} as const;
const ownPrompts = Array.from({ length: 1_203 }, (_, index) => `Question ${index}\nin two lines`);
const recipe = { name: "Nightly", lanes: [lane], prompts: { kind: "own", prompts: ownPrompts } };

async function all(texts: AsyncIterable<string>): Promise<string[]> {
  const read: string[] = [];
  for await (const text of texts) read.push(text);
  return read;
}

describe("a recipe", () => {
  it("comes back with its lanes and every prompt in its order", async () => {
    const { recipeId } = await saveRecipe(world.context, { recipe, mayReplace: false });
    const [listed] = await listRecipes(world.context.db);
    expect(listed).toMatchObject({
      id: recipeId,
      name: "Nightly",
      jobCount: 2,
      requestCount: 6,
      promptCount: 1_203,
      savedAt: world.context.clock.now(),
    });
    const start = await getRecipeStart(world.context.db, recipeId);
    expect(start).toMatchObject({ lanes: [lane], promptsHref: `/api/recipes/${recipeId}/prompts` });
    expect(await all(streamRecipePrompts(world.context.db, recipeId))).toEqual(ownPrompts);
  });

  it("is replaced only when that was asked for", async () => {
    const { recipeId: first } = await saveRecipe(world.context, { recipe, mayReplace: false });
    const other = { ...recipe, prompts: { kind: "builtIn" } };
    await expect(saveRecipe(world.context, { recipe: other, mayReplace: false })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await listRecipes(world.context.db)).map(({ id }) => id)).toEqual([first]);
    const { recipeId: second } = await saveRecipe(world.context, { recipe: other, mayReplace: true });
    expect((await listRecipes(world.context.db)).map(({ id }) => id)).toEqual([second]);
    expect(await all(streamRecipePrompts(world.context.db, first))).toEqual([]);
    expect((await getRecipeStart(world.context.db, second))?.promptsHref).toBeNull();
  });

  it("needs a name and lanes that could be launched", async () => {
    const bad = { ...recipe, name: " ", lanes: [{ ...lane, jobCount: 0 }] };
    await expect(saveRecipe(world.context, { recipe: bad, mayReplace: false })).rejects.toMatchObject({
      code: "invalid_input",
      problems: [{ field: "lanes.0.jobCount" }, { field: "name" }],
    });
    await expect(
      saveRecipe(world.context, { recipe: { ...recipe, name: "" }, mayReplace: false }),
    ).rejects.toMatchObject({ problems: [{ field: "name", message: "Give the recipe a name." }] });
  });

  it("of an earlier version, without task and parameters, fills the form all the same", async () => {
    const { recipeId } = await saveRecipe(world.context, { recipe, mayReplace: false });
    const { parameters: _parameters, ...older } = lane;
    await world.context.db.update(recipes).set({ lanes: [older] });
    const start = await getRecipeStart(world.context.db, recipeId);
    expect(start?.lanes).toEqual([{ ...older, task: "text", parameters: {} }]);
  });

  it("can be deleted once", async () => {
    const { recipeId } = await saveRecipe(world.context, { recipe, mayReplace: false });
    await deleteRecipe(world.context, recipeId);
    expect(await listRecipes(world.context.db)).toEqual([]);
    await expect(deleteRecipe(world.context, recipeId)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a job set as the start of another", () => {
  it("has the lanes, notes and prompts that were launched", async () => {
    const { jobSetId } = await launch(world.context, { ...recipe, notes: "as ever" });
    const start = await getJobSetStart(world.context.db, jobSetId);
    expect(start).toMatchObject({ name: "Nightly", notes: "as ever", lanes: [lane], promptCount: 1_203 });
    expect(await all(streamSetPrompts(world.context.db, jobSetId))).toEqual(ownPrompts);
  });

  it("is null for a set that does not exist", async () => {
    expect(await getJobSetStart(world.context.db, "set_nowhere")).toBeNull();
    expect(await getRecipeStart(world.context.db, "recipe_nowhere")).toBeNull();
  });
});
