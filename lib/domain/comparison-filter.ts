import { z } from "zod";
import { jobSizes } from "./job-size.ts";
import { jobOrigins, jobTasks } from "./job.ts";
import { providerIds } from "./provider-id.ts";

/** What tells the groups of a comparison apart, beside the provider, which always does. Hours and weekdays are UTC. */
export const comparisonGroupings = ["provider", "model", "task", "size", "hour", "weekday"] as const;
export type ComparisonGrouping = (typeof comparisonGroupings)[number];

export const waveMinutesLimits = { minimum: 1, maximum: 24 * 60, usual: 5 } as const;

/** Which jobs are compared and how they are grouped; what is left out does not narrow. */
export const comparisonFilterSchema = z.object({
  jobSetId: z.string().max(64).nullable().default(null),
  providers: z.array(z.enum(providerIds)).default([]),
  model: z.string().max(200).nullable().default(null),
  task: z.enum(jobTasks).nullable().default(null),
  size: z.enum(jobSizes).nullable().default(null),
  /** Launched here, adopted from the account, or imported from report files. */
  origin: z.enum(jobOrigins).nullable().default(null),
  /** Jobs created at their provider at this moment or later. */
  launchedFrom: z.coerce.date().nullable().default(null),
  /** Jobs created at their provider before this moment. */
  launchedBefore: z.coerce.date().nullable().default(null),
  groupBy: z.enum(comparisonGroupings).default("provider"),
  /** Only jobs launched within the same minutes as a job of every other group. */
  isPaired: z.boolean().default(false),
  waveMinutes: z
    .number()
    .int()
    .min(waveMinutesLimits.minimum)
    .max(waveMinutesLimits.maximum)
    .default(waveMinutesLimits.usual),
  /** Real and simulated jobs are never in one comparison. Null: the chosen set decides, else real ones if there are any. */
  kind: z.enum(["real", "simulated"]).nullable().default(null),
});
export type ComparisonFilter = z.infer<typeof comparisonFilterSchema>;
