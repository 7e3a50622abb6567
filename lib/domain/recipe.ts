import * as z from "zod/mini";
import { laneInputSchema, launchInputSchema } from "./job-set.ts";
import { providerIds } from "./provider-id.ts";

/** What is saved as a recipe: what could be launched, under a name that no other recipe has. */
export const recipeInputSchema = launchInputSchema.check(
  z.refine((input) => input.name !== "", {
    path: ["name"],
    error: "Give the recipe a name.",
  }),
);

export const recipeSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  providers: z.array(z.enum(providerIds)),
  jobCount: z.int(),
  requestCount: z.int(),
  promptSource: z.enum(["builtIn", "own"]),
  promptCount: z.int(),
  savedAt: z.coerce.date(),
});
export type RecipeSummary = z.infer<typeof recipeSummarySchema>;

/** What the launch form can be filled with: a recipe, or a job set that was launched before. */
export const startingPointSchema = z.object({
  /** Where it comes from, for the user: `recipe "Nightly"`. */
  origin: z.string(),
  name: z.string(),
  notes: z.string(),
  timeOutHours: z.int(),
  lanes: z.array(laneInputSchema),
  promptCount: z.int(),
  /** Where its own prompts are read, as JSON Lines of strings; null for the built-in set. */
  promptsHref: z.nullable(z.string()),
});
export type StartingPoint = z.infer<typeof startingPointSchema>;
