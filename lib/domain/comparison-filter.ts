import * as z from "zod/mini";
import { jobSizes } from "./job-size.ts";
import { jobOrigins, jobTasks } from "./job-values.ts";
import { providerIds } from "./provider-id.ts";

/** What tells the groups of a comparison apart, beside the provider, which always does. Hours and weekdays are UTC. `settings` are a lane's model, most output tokens and parameters. */
export const comparisonGroupings = [
  "provider",
  "model",
  "settings",
  "task",
  "size",
  "hour",
  "weekday",
] as const;
export type ComparisonGrouping = (typeof comparisonGroupings)[number];

export const waveMinutesLimits = { minimum: 1, maximum: 24 * 60, usual: 5 } as const;

/** Which jobs are compared and how they are grouped; what is left out does not narrow. */
export const comparisonFilterSchema = z.object({
  jobSetId: z._default(z.nullable(z.string().check(z.maxLength(64))), null),
  providers: z._default(z.array(z.enum(providerIds)), []),
  model: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
  task: z._default(z.nullable(z.enum(jobTasks)), null),
  size: z._default(z.nullable(z.enum(jobSizes)), null),
  /** Launched here, adopted from the account, or imported from report files. */
  origin: z._default(z.nullable(z.enum(jobOrigins)), null),
  /** Jobs created at their provider at this moment or later. */
  launchedFrom: z._default(z.nullable(z.coerce.date()), null),
  /** Jobs created at their provider before this moment. */
  launchedBefore: z._default(z.nullable(z.coerce.date()), null),
  groupBy: z._default(z.enum(comparisonGroupings), "provider"),
  /** Only jobs launched within the same minutes as a job of every other group. */
  isPaired: z._default(z.boolean(), false),
  waveMinutes: z._default(
    z.int().check(z.minimum(waveMinutesLimits.minimum), z.maximum(waveMinutesLimits.maximum)),
    waveMinutesLimits.usual,
  ),
  /** Real and simulated jobs are never in one comparison. Null: the chosen set decides, else real ones if there are any. */
  kind: z._default(z.nullable(z.enum(["real", "simulated"])), null),
});
export type ComparisonFilter = z.infer<typeof comparisonFilterSchema>;
