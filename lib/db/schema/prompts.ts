import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { jobSets } from "./job-sets.ts";

/** A user's own prompts, kept once per job set; the built-in set is computed and has no rows. */
export const prompts = pgTable(
  "prompts",
  {
    jobSetId: text("job_set_id")
      .notNull()
      .references(() => jobSets.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    text: text("text").notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobSetId, table.position] })],
);
