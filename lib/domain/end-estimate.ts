import * as z from "zod/mini";

/** How wide the history is that an estimate rests on; each falls back on the next when it has too few jobs. */
export const estimateBases = ["model_and_size", "model", "provider"] as const;
export type EstimateBasis = (typeof estimateBases)[number];

/** Share of jobs that an estimated range is meant to hold. */
export const estimateLevel = 0.8;

/** When a running job will probably end: a range from the history of jobs like it, given its age at `estimatedAt`. */
export const endEstimateSchema = z.object({
  estimatedAt: z.coerce.date(),
  /** The share of such jobs that should end inside the range: 0.8. */
  level: z.number(),
  earliestEndAt: z.coerce.date(),
  /** Null when the history does not reach that far: the job may take longer than any that was seen. */
  latestEndAt: z.nullable(z.coerce.date()),
  basis: z.enum(estimateBases),
  /** Jobs of the history that were open for at least as long as this one. */
  jobCount: z.int(),
});
export type EndEstimate = z.infer<typeof endEstimateSchema>;

/** How many of the past jobs ended inside the range that was estimated for them first; the latest 10,000 count. */
export const estimateCoverageSchema = z.object({
  level: z.number(),
  judgedCount: z.int(),
  insideCount: z.int(),
  share: z.number(),
  lower: z.number(),
  upper: z.number(),
});
export type EstimateCoverage = z.infer<typeof estimateCoverageSchema>;
