import { integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { LaneInput, PromptSourceKind } from "#lib/domain/job-set.ts";

type StoredLane = Omit<LaneInput, "task" | "parameters"> & Partial<Pick<LaneInput, "task" | "parameters">>;

/** What a user saved to launch again: lanes and prompts under a name of its own. */
export const recipes = pgTable("recipes", {
  id: text("id").primaryKey(),
  name: text("name").notNull().unique(),
  notes: text("notes").notNull(),
  timeOutHours: integer("time_out_hours").notNull(),
  /** Lanes that were saved before there were tasks and parameters have none. */
  lanes: jsonb("lanes").$type<StoredLane[]>().notNull(),
  promptSource: text("prompt_source").$type<PromptSourceKind>().notNull(),
  promptCount: integer("prompt_count").notNull(),
  savedAt: timestamp("saved_at", { withTimezone: true, precision: 3 }).notNull(),
});

export const recipePrompts = pgTable(
  "recipe_prompts",
  {
    recipeId: text("recipe_id")
      .notNull()
      .references(() => recipes.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    text: text("text").notNull(),
  },
  (table) => [primaryKey({ columns: [table.recipeId, table.position] })],
);
