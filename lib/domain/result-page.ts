import { z } from "zod";
import { requestOutcomes } from "./result.ts";
import { pageSizes } from "./job-page.ts";

export const resultOutcomeFilters = [...requestOutcomes, "unreadable"] as const;

export const resultFilterSchema = z.object({
  /** In answers, prompts, ids, error codes and messages. */
  search: z.string().trim().max(200).default(""),
  outcome: z.enum(resultOutcomeFilters).nullable().default(null),
  page: z.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.number().int().min(1).max(pageSizes.resultsMaximum).default(pageSizes.results),
});
export type ResultFilter = z.infer<typeof resultFilterSchema>;

const count = z.number().int().nullable();

/** One result beside its prompt. `outcome` null: the line could not be read; its reason is in `errorMessage`. */
export const resultRowSchema = z.object({
  lineNumber: z.number().int(),
  requestIndex: count,
  customId: z.string().nullable(),
  outcome: z.enum(requestOutcomes).nullable(),
  /** Null when the job was not launched here or the custom id is unknown. */
  prompt: z.string().nullable(),
  /** The start of the answer, at most `excerptLength` characters. */
  textExcerpt: z.string().nullable(),
  isExcerpt: z.boolean(),
  finishReason: z.string().nullable(),
  refusal: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
});
export type ResultRow = z.infer<typeof resultRowSchema>;

export const resultPageSchema = z.object({
  rows: z.array(resultRowSchema),
  total: z.number().int(),
  outcomeCounts: z.record(z.enum(resultOutcomeFilters), z.number().int()),
});
export type ResultPage = z.infer<typeof resultPageSchema>;

/** Characters of an answer that stand in the table; the whole answer is in the raw line. */
export const excerptLength = 2_000;
