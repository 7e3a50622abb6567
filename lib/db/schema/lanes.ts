import { index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { JobTask } from "#lib/domain/job-values.ts";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { jobSets } from "./job-sets.ts";

export const lanes = pgTable(
  "lanes",
  {
    id: text("id").primaryKey(),
    jobSetId: text("job_set_id")
      .notNull()
      .references(() => jobSets.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
    provider: text("provider").$type<ProviderId>().notNull(),
    model: text("model").notNull(),
    task: text("task").$type<JobTask>().notNull(),
    jobCount: integer("job_count").notNull(),
    requestsPerJob: integer("requests_per_job").notNull(),
    maxOutputTokens: integer("max_output_tokens").notNull(),
    parameters: jsonb("parameters").$type<LaneParameters>().notNull().default({}),
  },
  (table) => [index("lanes_job_set_id").on(table.jobSetId)],
);

export type LaneRow = typeof lanes.$inferSelect;
