import { bigint, boolean, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { PromptSourceKind } from "#lib/domain/job-set.ts";

export const jobSets = pgTable("job_sets", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  notes: text("notes").notNull(),
  isSimulated: boolean("is_simulated").notNull(),
  promptSource: text("prompt_source").$type<PromptSourceKind>().notNull(),
  promptCount: integer("prompt_count").notNull(),
  /** All prompts together, from which the size of a job's input is estimated. */
  promptBytes: bigint("prompt_bytes", { mode: "number" }).notNull().default(0),
  /** Hours after its submission at which a job of this set is cancelled. */
  timeOutHours: integer("time_out_hours").notNull().default(24),
  seed: integer("seed").notNull(),
  launchedAt: timestamp("launched_at", { withTimezone: true, precision: 3 }).notNull(),
});

export type JobSetRow = typeof jobSets.$inferSelect;
