import { z } from "zod";
import { endEstimateSchema } from "./end-estimate.ts";
import { jobSchema } from "./job.ts";
import { providerIds } from "./provider-id.ts";
import { userStatuses } from "./user-status.ts";

export const jobSortColumns = ["launched", "provider", "status", "turnaround", "lastChecked"] as const;
export const pageSizes = {
  jobs: 50,
  jobsMaximum: 200,
  results: 50,
  resultsMaximum: 200,
  jobSets: 25,
} as const;

/** Which jobs to show; every field has a default, so that an empty query string is a valid filter. */
export const jobFilterSchema = z.object({
  search: z.string().trim().max(200).default(""),
  providers: z.array(z.enum(providerIds)).default([]),
  statuses: z.array(z.enum(userStatuses)).default([]),
  jobSetId: z.string().max(64).nullable().default(null),
  model: z.string().max(200).nullable().default(null),
  sort: z.enum(jobSortColumns).default("launched"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.number().int().min(1).max(pageSizes.jobsMaximum).default(pageSizes.jobs),
});
export type JobFilter = z.infer<typeof jobFilterSchema>;

export const jobListItemSchema = jobSchema.extend({
  jobSetName: z.string().nullable(),
  /** When a running job will probably end; null when it has ended or there is too little history to say. */
  estimate: endEstimateSchema.nullable(),
});
export type JobListItem = z.infer<typeof jobListItemSchema>;

/** One page of jobs. `statusCounts` and `total` follow every filter except the status filter itself for the counts. */
export const jobPageSchema = z.object({
  jobs: z.array(jobListItemSchema),
  total: z.number().int(),
  statusCounts: z.record(z.enum(userStatuses), z.number().int()),
  /** All models that appear in the jobs, for the filter. */
  models: z.array(z.string()),
  /** Jobs of any kind, regardless of filters: 0 means that nothing was ever launched. */
  totalUnfiltered: z.number().int(),
});
export type JobPage = z.infer<typeof jobPageSchema>;
