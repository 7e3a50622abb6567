import * as z from "zod/mini";
import { jobTasks } from "./job-values.ts";
import { laneParametersSchema } from "./lane-parameters.ts";
import { providerIds } from "./provider-id.ts";
import { turnaroundSummarySchema } from "./turnaround-summary.ts";
import { userStatuses } from "./user-status.ts";

const statusCountsSchema = z.record(z.enum(userStatuses), z.int());
export type StatusCounts = z.infer<typeof statusCountsSchema>;

/** Of the jobs with these statuses those that succeeded in part only. */
const partialCountsSchema = z.object({ SUCCEEDED: z.int(), FAILED: z.int() });
export type PartialCounts = z.infer<typeof partialCountsSchema>;

export const laneSummarySchema = z.object({
  id: z.string(),
  position: z.int(),
  provider: z.enum(providerIds),
  model: z.string(),
  task: z.enum(jobTasks),
  jobCount: z.int(),
  requestsPerJob: z.int(),
  maxOutputTokens: z.int(),
  parameters: laneParametersSchema,
  statusCounts: statusCountsSchema,
  partialCounts: partialCountsSchema,
  /** Jobs of this lane that are at the provider or past it. */
  submittedCount: z.int(),
  /** Open jobs that are not at the provider yet; those that ended before they were sent are not among them. */
  waitingCount: z.int(),
});
export type LaneSummary = z.infer<typeof laneSummarySchema>;

/** A job set with the state of its lanes. */
export const jobSetSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  notes: z.string(),
  isSimulated: z.boolean(),
  promptSource: z.enum(["builtIn", "own"]),
  promptCount: z.int(),
  seed: z.int(),
  /** Hours after which a job of this set is cancelled. */
  timeOutHours: z.int(),
  launchedAt: z.coerce.date(),
  jobCount: z.int(),
  submittedCount: z.int(),
  waitingCount: z.int(),
  statusCounts: statusCountsSchema,
  partialCounts: partialCountsSchema,
  lanes: z.array(laneSummarySchema),
});
export type JobSetSummary = z.infer<typeof jobSetSummarySchema>;

/** A job set with the turnaround of each lane, by the lane's id. */
export const jobSetDetailSchema = z.extend(jobSetSummarySchema, {
  laneTurnarounds: z.record(z.string(), turnaroundSummarySchema),
});
export type JobSetDetail = z.infer<typeof jobSetDetailSchema>;

export const jobSetPageSchema = z.object({ jobSets: z.array(jobSetSummarySchema), total: z.int() });
export type JobSetPage = z.infer<typeof jobSetPageSchema>;
