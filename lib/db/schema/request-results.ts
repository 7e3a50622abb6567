import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { RequestOutcome } from "#lib/domain/result.ts";
import { jobs } from "./jobs.ts";

/** One line of a job's collected results. The whole line stays in the raw result file at `offsetBytes`. */
export const requestResults = pgTable(
  "request_results",
  {
    jobId: text("job_id")
      .notNull()
      .references(() => jobs.id, { onDelete: "cascade" }),
    lineNumber: integer("line_number").notNull(),
    /** Position of the request in the job's input; null when the custom id is not ours. */
    requestIndex: integer("request_index"),
    customId: text("custom_id"),
    /** Null for a line that could not be read. */
    outcome: text("outcome").$type<RequestOutcome>(),
    /** The start of the answer; the whole of it is in the raw line. */
    textExcerpt: text("text_excerpt"),
    finishReason: text("finish_reason"),
    refusal: text("refusal"),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    inputTokens: integer("input_tokens"),
    outputTokens: integer("output_tokens"),
    totalTokens: integer("total_tokens"),
    cachedTokens: integer("cached_tokens"),
    reasoningTokens: integer("reasoning_tokens"),
    offsetBytes: bigint("offset_bytes", { mode: "number" }).notNull(),
    lengthBytes: integer("length_bytes").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.lineNumber] }),
    index("request_results_request_index").on(table.jobId, table.requestIndex, table.lineNumber),
    // Counts by outcome, and one outcome's lines in the order of their requests.
    index("request_results_outcome").on(table.jobId, table.outcome, table.requestIndex, table.lineNumber),
  ],
);

export type RequestResultRow = typeof requestResults.$inferSelect;
