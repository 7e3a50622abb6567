import { sql } from "drizzle-orm";
import { doublePrecision, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { EstimateBasis } from "#lib/domain/end-estimate.ts";
import { jobs } from "./jobs.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** When a job will probably end: as it was estimated first, which is kept to be judged, and as it looks now. */
export const endEstimates = pgTable(
  "end_estimates",
  {
    jobId: text("job_id")
      .primaryKey()
      .references(() => jobs.id, { onDelete: "cascade" }),
    firstEstimatedAt: moment("first_estimated_at").notNull(),
    /** Null while there never was enough history for a range. */
    firstEarliestEndAt: moment("first_earliest_end_at"),
    /** Null when the history did not reach so far. */
    firstLatestEndAt: moment("first_latest_end_at"),
    estimatedAt: moment("estimated_at").notNull(),
    /** Null once the job is so old that there is too little history to say. */
    earliestEndAt: moment("earliest_end_at"),
    latestEndAt: moment("latest_end_at"),
    basis: text("basis").$type<EstimateBasis>().notNull(),
    jobCount: integer("job_count").notNull(),
    /** From this moment on the job is slower than the share `slowShare` of the jobs like it; null when unknown. */
    slowFromAt: moment("slow_from_at"),
    slowShare: doublePrecision("slow_share"),
    slowBasis: text("slow_basis").$type<EstimateBasis>(),
    /** Ended jobs that this rests on. */
    slowJobCount: integer("slow_job_count"),
  },
  (table) => [
    index("end_estimates_slow_from_at")
      .on(table.slowFromAt, table.jobId)
      .where(sql`${table.slowFromAt} is not null`),
  ],
);
