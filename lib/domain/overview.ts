import * as z from "zod/mini";
import { jobListItemSchema } from "./job-page.ts";
import { jobSetSummarySchema } from "./job-set-summary.ts";
import { providerIds } from "./provider-id.ts";

export const attentionReasons = ["failed", "timed_out", "partial", "no_success", "trouble"] as const;
export type AttentionReason = (typeof attentionReasons)[number];

/** What the first page shows. `ended24h` counts jobs that reached a final status in the last 24 hours. */
export const overviewSchema = z.object({
  totalJobs: z.int(),
  runningJobs: z.int(),
  waitingJobs: z.int(),
  ended24h: z.int(),
  attentionCount: z.int(),
  attention: z.array(
    z.object({ job: z.omit(jobListItemSchema, { estimate: true }), reason: z.enum(attentionReasons) }),
  ),
  providers: z.array(
    z.object({
      provider: z.enum(providerIds),
      runningJobs: z.int(),
      /** Latest trouble that a job of this provider is in; null when there is none. */
      trouble: z.nullable(z.string()),
    }),
  ),
  latestJobSets: z.array(jobSetSummarySchema),
});
export type Overview = z.infer<typeof overviewSchema>;
