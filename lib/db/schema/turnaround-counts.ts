import { boolean, integer, pgTable, primaryKey, serial, text, unique } from "drizzle-orm/pg-core";
import type { JobSize } from "#lib/domain/job-size.ts";
import type { JobTask } from "#lib/domain/job-values.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { CountedMeasure } from "#lib/domain/turnaround.ts";

/** Jobs that can be counted together: everything that a comparison filters or groups by. */
export const turnaroundKinds = pgTable(
  "turnaround_kinds",
  {
    id: serial("id").primaryKey(),
    isSimulated: boolean("is_simulated").notNull(),
    provider: text("provider").$type<ProviderId>().notNull(),
    /** Empty where the provider tells no model. */
    model: text("model").notNull(),
    task: text("task").$type<JobTask>().notNull(),
    size: text("size").$type<JobSize>().notNull(),
  },
  (table) => [
    unique("turnaround_kinds_of").on(table.isSimulated, table.provider, table.model, table.task, table.size),
  ],
);

/**
 * Ended jobs at their providers, rolled up so that a million of them are read at once. Triggers on `jobs` keep it equal
 * to the rows within the transaction that changes them; `rebuildTurnaroundCounts` counts everything anew.
 */
export const turnaroundCounts = pgTable(
  "turnaround_counts",
  {
    kindId: integer("kind_id")
      .notNull()
      .references(() => turnaroundKinds.id, { onDelete: "cascade" }),
    measure: text("measure").$type<CountedMeasure>().notNull(),
    /** See `CountedMeasure`. */
    slot: integer("slot").notNull(),
    bin: integer("bin").notNull(),
    jobCount: integer("job_count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.kindId, table.measure, table.slot, table.bin] })],
);
