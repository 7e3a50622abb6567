import { z } from "zod";
import { jobTasks } from "./job.ts";
import { providerIds } from "./provider-id.ts";
import { userStatuses } from "./user-status.ts";

const statusCountsSchema = z.record(z.enum(userStatuses), z.number().int());
export type StatusCounts = z.infer<typeof statusCountsSchema>;

export const laneSummarySchema = z.object({
  id: z.string(),
  position: z.number().int(),
  provider: z.enum(providerIds),
  model: z.string(),
  task: z.enum(jobTasks),
  jobCount: z.number().int(),
  requestsPerJob: z.number().int(),
  maxOutputTokens: z.number().int(),
  statusCounts: statusCountsSchema,
  /** Jobs of this lane that are at the provider or past it. */
  submittedCount: z.number().int(),
});
export type LaneSummary = z.infer<typeof laneSummarySchema>;

/** A job set with the state of its lanes. */
export const jobSetSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  notes: z.string(),
  isSimulated: z.boolean(),
  promptSource: z.enum(["builtIn", "own"]),
  promptCount: z.number().int(),
  seed: z.number().int(),
  /** Hours after which a job of this set is cancelled. */
  timeOutHours: z.number().int(),
  launchedAt: z.coerce.date(),
  jobCount: z.number().int(),
  submittedCount: z.number().int(),
  statusCounts: statusCountsSchema,
  lanes: z.array(laneSummarySchema),
});
export type JobSetSummary = z.infer<typeof jobSetSummarySchema>;

export const jobSetPageSchema = z.object({ jobSets: z.array(jobSetSummarySchema), total: z.number().int() });
export type JobSetPage = z.infer<typeof jobSetPageSchema>;
