import { z } from "zod";
import { jobOrigins } from "./job.ts";
import { providerIds } from "./provider-id.ts";

export const comparisonFilterSchema = z.object({
  jobSetId: z.string().max(64).nullable().default(null),
  model: z.string().max(200).nullable().default(null),
  origin: z.enum(jobOrigins).nullable().default(null),
});
export type ComparisonFilter = z.infer<typeof comparisonFilterSchema>;

const quantileSchema = z.object({
  /** 0.5 for the median. */
  share: z.number(),
  /** Null when the curve has not reached this share. */
  seconds: z.number().nullable(),
  lowerSeconds: z.number().nullable(),
  upperSeconds: z.number().nullable(),
  /** When `seconds` is null: at least this long. */
  atLeastSeconds: z.number().nullable(),
});
export type ComparisonQuantile = z.infer<typeof quantileSchema>;

/** A step of the share delivered: it holds from `seconds` until the next step. */
const curvePointSchema = z.object({
  seconds: z.number(),
  share: z.number(),
  lower: z.number(),
  upper: z.number(),
});
export type ComparisonCurvePoint = z.infer<typeof curvePointSchema>;

export const comparisonGroupSchema = z.object({
  provider: z.enum(providerIds),
  jobCount: z.number().int(),
  /** Ended with results: succeeded jobs, partial ones included. */
  deliveredCount: z.number().int(),
  partialCount: z.number().int(),
  /** Ended without delivery: failed, expired, timed out. Competing outcomes. */
  notDeliveredCount: z.number().int(),
  /** Cancelled on demand: censored at their end. */
  cancelledCount: z.number().int(),
  /** Still open: censored at their present age. */
  unfinishedCount: z.number().int(),
  /** Not in the curve: the provider gave no creation or end time. */
  excludedCount: z.number().int(),
  /** Starts at (0, 0); ends at the greatest known age. */
  curve: z.array(curvePointSchema),
  /** Ages in seconds at which open or cancelled jobs leave the curve, at most 500. */
  censoredAtSeconds: z.array(z.number()),
  quantiles: z.array(quantileSchema),
  /** Number of jobs still under observation at the times of `Comparison.atRiskSeconds`. */
  atRisk: z.array(z.number().int()),
});
export type ComparisonGroup = z.infer<typeof comparisonGroupSchema>;

/** Turnaround of the chosen jobs, one group a provider. Simulated and real jobs are never in one comparison. */
export const comparisonSchema = z.object({
  isSimulated: z.boolean(),
  /** Both kinds exist: the page says which one is shown. */
  hasOtherKind: z.boolean(),
  computedAt: z.coerce.date(),
  groups: z.array(comparisonGroupSchema),
  atRiskSeconds: z.array(z.number()),
  /** Equality of all delivered-time distributions (log-rank); null with fewer than two groups that have deliveries. */
  logRank: z
    .object({ chiSquare: z.number(), degreesOfFreedom: z.number().int(), pValue: z.number() })
    .nullable(),
  jobSets: z.array(z.object({ id: z.string(), name: z.string() })),
  models: z.array(z.string()),
  /** The origins that jobs of this kind have. */
  origins: z.array(z.enum(jobOrigins)),
});
export type Comparison = z.infer<typeof comparisonSchema>;
