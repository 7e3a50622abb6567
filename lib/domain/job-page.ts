import * as z from "zod/mini";
import { endEstimateSchema } from "./end-estimate.ts";
import { jobSchema } from "./job.ts";
import { jobOrigins, jobSteps } from "./job-values.ts";
import { jobSortColumns, launchedWithins, pageSizes, type LaunchedWithin } from "./job-list-values.ts";
import { providerIds } from "./provider-id.ts";
import { userStatuses } from "./user-status.ts";

const moment = z._default(z.nullable(z.coerce.date()), null);

/** Which jobs to show; every field has a default, so that an empty query string is a valid filter. */
export const jobFilterSchema = z.object({
  search: z._default(z.string().check(z.trim(), z.maxLength(200)), ""),
  providers: z._default(z.array(z.enum(providerIds)), []),
  statuses: z._default(z.array(z.enum(userStatuses)), []),
  steps: z._default(z.array(z.enum(jobSteps)), []),
  origins: z._default(z.array(z.enum(jobOrigins)), []),
  jobSetId: z._default(z.nullable(z.string().check(z.maxLength(64))), null),
  model: z._default(z.nullable(z.string().check(z.maxLength(200))), null),
  /** Launched at this moment or later. */
  launchedFrom: moment,
  /** Launched before this moment. */
  launchedTo: moment,
  /** Ended, as far as we know, at this moment or later; jobs that are open have not. */
  endedFrom: moment,
  /** Only jobs that need somebody at this moment. */
  attentionAt: moment,
  sort: z._default(z.enum(jobSortColumns), "launched"),
  direction: z._default(z.enum(["asc", "desc"]), "desc"),
  page: z._default(z.int().check(z.minimum(1), z.maximum(1_000_000)), 1),
  pageSize: z._default(z.int().check(z.minimum(1), z.maximum(pageSizes.jobsMaximum)), pageSizes.jobs),
});
export type JobFilter = z.infer<typeof jobFilterSchema>;

/** What decides whether a job belongs to a list; order and page do not. */
export type JobConditions = Omit<JobFilter, "sort" | "direction" | "page" | "pageSize">;

const secondsWithin: Record<LaunchedWithin, number> = {
  "1h": 3_600,
  "24h": 86_400,
  "7d": 7 * 86_400,
  "30d": 30 * 86_400,
};

/** A filter as the address holds it: a time range may end now, whenever that is, and so does what needs somebody. */
export const jobAddressSchema = z.extend(z.omit(jobFilterSchema, { attentionAt: true }), {
  launchedWithin: z._default(z.nullable(z.enum(launchedWithins)), null),
  needsAttention: z._default(z.boolean(), false),
});
export type JobAddress = z.infer<typeof jobAddressSchema>;

/** The filter that an address means at the moment `now`. */
export function filterAt({ launchedWithin, needsAttention, ...rest }: JobAddress, now: Date): JobFilter {
  const filter = { ...rest, attentionAt: needsAttention ? now : null };
  if (launchedWithin === null) return filter;
  const since = new Date(now.getTime() - secondsWithin[launchedWithin] * 1000);
  const { launchedFrom } = filter;
  return { ...filter, launchedFrom: launchedFrom && launchedFrom > since ? launchedFrom : since };
}

export const jobListItemSchema = z.extend(jobSchema, {
  jobSetName: z.nullable(z.string()),
  /** When a running job will probably end; null when it has ended or there is too little history to say. */
  estimate: z.nullable(endEstimateSchema),
});
export type JobListItem = z.infer<typeof jobListItemSchema>;

/** How many jobs a filter leaves. Each count follows every filter except the one that it stands beside. */
export const jobCountsSchema = z.object({
  total: z.int(),
  statusCounts: z.record(z.enum(userStatuses), z.int()),
  providerCounts: z.record(z.enum(providerIds), z.int()),
  /** All models that appear in the jobs, for the filter. */
  models: z.array(z.string()),
  /** False when nothing was ever launched or found, whatever the filter. */
  hasJobs: z.boolean(),
});
export type JobCounts = z.infer<typeof jobCountsSchema>;

/** A stretch of the list, in its order. `counts` come with a search, which finds both at once; else they are null. */
export const jobRowsSchema = z.object({
  jobs: z.array(jobListItemSchema),
  counts: z.nullable(jobCountsSchema),
});
export type JobRows = z.infer<typeof jobRowsSchema>;

/** One page of jobs with the counts of its filter. */
export const jobPageSchema = z.extend(jobCountsSchema, { jobs: z.array(jobListItemSchema) });
export type JobPage = z.infer<typeof jobPageSchema>;
