import * as z from "zod/mini";
import { jobOrigins, jobSteps, jobTasks } from "./job-values.ts";
import { providerIds } from "./provider-id.ts";
import { userStatuses } from "./user-status.ts";

const moment = z.coerce.date();
const count = z.nullable(z.int());

/** Every moment a provider reports, by the provider's clock. */
const providerTimestampsSchema = z.object({
  createdAt: z.nullable(moment),
  startedAt: z.nullable(moment),
  finalizingAt: z.nullable(moment),
  cancellingAt: z.nullable(moment),
  endedAt: z.nullable(moment),
  expiresAt: z.nullable(moment),
});
export type ProviderTimestamps = z.infer<typeof providerTimestampsSchema>;

/** What we saw and did, by our own clock. Never mixed with the provider's. */
const observedTimestampsSchema = z.object({
  launchedAt: moment,
  submitStartedAt: z.nullable(moment),
  submittedAt: z.nullable(moment),
  lastCheckedAt: z.nullable(moment),
  endSeenAt: z.nullable(moment),
  cancelRequestedAt: z.nullable(moment),
  collectedAt: z.nullable(moment),
  /** Our copy of the results was deleted to make room; counts and tokens stay. */
  resultsPrunedAt: z.nullable(moment),
  /** When the provider's copy was deleted at our request; what we collected stays. */
  removedAtProviderAt: z.nullable(moment),
});
export type ObservedTimestamps = z.infer<typeof observedTimestampsSchema>;

/** `OutcomeCounts`, read back from JSON. */
export const outcomeCountsSchema = z.object({
  total: count,
  succeeded: count,
  failed: count,
  expired: count,
  cancelled: count,
  unfinished: count,
});

const usageSchema = z.object({
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
});

const failureSchema = z.object({ code: z.nullable(z.string()), message: z.string() });
export type JobFailure = z.infer<typeof failureSchema>;

/** The results that were fetched and counted by us; null until collection has finished. */
const collectedSchema = z.object({
  lineCount: z.int(),
  unreadableLineCount: z.int(),
  sizeBytes: z.int(),
  usage: usageSchema,
});
export type CollectedResults = z.infer<typeof collectedSchema>;

/** One batch at a provider, as the database knows it. The schema reads it back from JSON in the browser. */
export const jobSchema = z.object({
  id: z.string(),
  jobSetId: z.nullable(z.string()),
  laneId: z.nullable(z.string()),
  origin: z.enum(jobOrigins),
  provider: z.enum(providerIds),
  /** Fingerprint of the credential that the job belongs to. */
  account: z.string(),
  isSimulated: z.boolean(),
  model: z.nullable(z.string()),
  task: z.enum(jobTasks),
  requestCount: count,
  maxOutputTokens: count,
  /** The provider's own id; null until it is known. */
  providerJobId: z.nullable(z.string()),
  serviceStatus: z.nullable(z.string()),
  userStatus: z.enum(userStatuses),
  step: z.enum(jobSteps),
  counts: outcomeCountsSchema,
  reported: providerTimestampsSchema,
  observed: observedTimestampsSchema,
  cancelReason: z.nullable(z.enum(["user", "time_out"])),
  failure: z.nullable(failureSchema),
  /** A passing trouble with the provider, shown on the job while it lasts. */
  trouble: z.nullable(z.string()),
  collected: z.nullable(collectedSchema),
});
export type Job = z.infer<typeof jobSchema>;
