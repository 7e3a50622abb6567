import { z } from "zod";
import { jobListItemSchema } from "./job-page.ts";
import { jobSetSummarySchema } from "./job-set-summary.ts";
import { providerIds } from "./provider-id.ts";

export const attentionReasons = ["failed", "timed_out", "partial", "no_success", "trouble"] as const;
export type AttentionReason = (typeof attentionReasons)[number];

/** What the first page shows. `ended24h` counts jobs that reached a final status in the last 24 hours. */
export const overviewSchema = z.object({
  totalJobs: z.number().int(),
  runningJobs: z.number().int(),
  waitingJobs: z.number().int(),
  ended24h: z.number().int(),
  attentionCount: z.number().int(),
  attention: z.array(
    z.object({ job: jobListItemSchema.omit({ estimate: true }), reason: z.enum(attentionReasons) }),
  ),
  providers: z.array(
    z.object({
      provider: z.enum(providerIds),
      runningJobs: z.number().int(),
      /** Latest trouble that a job of this provider is in; null when there is none. */
      trouble: z.string().nullable(),
    }),
  ),
  latestJobSets: z.array(jobSetSummarySchema),
});
export type Overview = z.infer<typeof overviewSchema>;
