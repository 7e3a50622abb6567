import * as z from "zod/mini";
import { providerIds } from "./provider-id.ts";
import { providerVerbs } from "./provider-verbs.ts";

const moment = z.coerce.date();
const count = z.int();

/** How many of an account's latest errors are kept. */
export const keptErrors = 10;

const seenErrorSchema = z.object({
  verb: z.enum(providerVerbs),
  kind: z.string(),
  httpStatus: z.nullable(count),
  code: z.nullable(z.string()),
  message: z.string(),
  requestId: z.nullable(z.string()),
  at: moment,
});
export type SeenError = z.infer<typeof seenErrorSchema>;

const rateLimitSchema = z.object({
  /** What is limited, in the provider's word: `requests`, `tokens`, `input-tokens`. */
  name: z.string(),
  limit: z.nullable(z.number()),
  remaining: z.nullable(z.number()),
  /** When the limit is full again, verbatim: a duration (`6m0s`) or a time, as the provider writes it. */
  reset: z.nullable(z.string()),
});
export type RateLimit = z.infer<typeof rateLimitSchema>;

/** What this process has seen of one account since it started. Nothing here is stored. */
export const callStatsSchema = z.object({
  provider: z.enum(providerIds),
  account: z.string(),
  since: moment,
  /** How often each verb was called; a list or a submission can take several HTTP requests. */
  calls: z.record(z.enum(providerVerbs), count),
  /** HTTP requests that were answered, and how many of the answers were refusals (status 400 and above). */
  answeredRequests: count,
  refusedRequests: count,
  /** The latest errors, newest first, at most `keptErrors`. */
  lastErrors: z.array(seenErrorSchema),
  /** The limits of the last answer that named any; null when none has. */
  rateLimits: z.nullable(z.object({ limits: z.array(rateLimitSchema), at: moment })),
  /** Estimated seconds by which the provider's clock is ahead of ours; null when no answer carried a usable date. */
  clockOffsetSeconds: z.nullable(z.number()),
});
export type CallStats = z.infer<typeof callStatsSchema>;
