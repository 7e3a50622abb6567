import * as z from "zod/mini";
import { requestOutcomes } from "./result.ts";
import { pageSizes } from "./job-list-values.ts";

export const resultOutcomeFilters = [...requestOutcomes, "unreadable"] as const;

export const resultFilterSchema = z.object({
  /** In answers, prompts, ids, error codes and messages. */
  search: z._default(z.string().check(z.trim(), z.maxLength(200)), ""),
  outcome: z._default(z.nullable(z.enum(resultOutcomeFilters)), null),
  page: z._default(z.int().check(z.minimum(1), z.maximum(1_000_000)), 1),
  pageSize: z._default(z.int().check(z.minimum(1), z.maximum(pageSizes.resultsMaximum)), pageSizes.results),
});
export type ResultFilter = z.infer<typeof resultFilterSchema>;

const count = z.nullable(z.int());

/** One result beside its prompt. `outcome` null: the line could not be read; its reason is in `errorMessage`. */
export const resultRowSchema = z.object({
  lineNumber: z.int(),
  requestIndex: count,
  customId: z.nullable(z.string()),
  outcome: z.nullable(z.enum(requestOutcomes)),
  /** Null when the job was not launched here or the custom id is unknown. */
  prompt: z.nullable(z.string()),
  /** The start of the answer, at most `excerptLength` characters. */
  textExcerpt: z.nullable(z.string()),
  isExcerpt: z.boolean(),
  finishReason: z.nullable(z.string()),
  refusal: z.nullable(z.string()),
  errorCode: z.nullable(z.string()),
  errorMessage: z.nullable(z.string()),
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
});
export type ResultRow = z.infer<typeof resultRowSchema>;

export const resultPageSchema = z.object({
  rows: z.array(resultRowSchema),
  total: z.int(),
  outcomeCounts: z.record(z.enum(resultOutcomeFilters), z.int()),
});
export type ResultPage = z.infer<typeof resultPageSchema>;

/** Characters of an answer that stand in the table; the whole answer is in the raw line. */
export const excerptLength = 2_000;
