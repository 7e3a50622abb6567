import * as z from "zod/mini";
import { attentionReasons } from "./attention.ts";
import { estimateBases } from "./end-estimate.ts";
import { jobListItemSchema } from "./job-page.ts";
import { jobSetSummarySchema } from "./job-set-summary.ts";
import { providerHealthSchema } from "./provider-health.ts";

const whole = z.int();

/** A job that needs somebody, with what its reason rests on; what does not belong to the reason is null. */
export const attentionItemSchema = z.object({
  job: z.omit(jobListItemSchema, { estimate: true }),
  reason: z.enum(attentionReasons),
  /** What ends soon: the job set's time-out, the provider's window, or the time for which the provider keeps results. */
  deadline: z.nullable(z.object({ at: z.coerce.date(), of: z.enum(["time_out", "provider", "results"]) })),
  /** The job is slower than `share` of `jobCount` ended jobs like it, which took at most `limitSeconds`. */
  slow: z.nullable(
    z.object({
      limitSeconds: z.number(),
      share: z.number(),
      basis: z.enum(estimateBases),
      jobCount: whole,
    }),
  ),
});
export type AttentionItem = z.infer<typeof attentionItemSchema>;

/** Jobs, and how many of them are simulated. */
const jobCountSchema = z.object({ jobCount: whole, simulatedCount: whole });
export type JobCount = z.infer<typeof jobCountSchema>;

/** What the first page shows at once. */
export const overviewSchema = z.object({
  /** False while nothing was ever launched or found. */
  hasJobs: z.boolean(),
  readAt: z.coerce.date(),
  /** At their providers, and watched. */
  running: jobCountSchema,
  waitingJobs: whole,
  /** Jobs that reached a final status at `since` or later. */
  ended: z.extend(jobCountSchema, { since: z.coerce.date(), isFirstVisit: z.boolean() }),
  attentionCount: whole,
  /** The most urgent, at most `attentionShown` of them. */
  attention: z.array(attentionItemSchema),
  providers: z.array(z.extend(providerHealthSchema, { runningJobs: whole })),
  latestJobSets: z.array(jobSetSummarySchema),
});
export type Overview = z.infer<typeof overviewSchema>;

export const attentionShown = 10;
