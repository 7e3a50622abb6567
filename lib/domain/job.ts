import { z } from "zod";
import { providerIds } from "./provider-id.ts";
import { userStatuses } from "./user-status.ts";

const moment = z.coerce.date();
const count = z.number().int().nullable();

export const jobSteps = ["submit", "poll", "collect", "done"] as const;
/** Launched here, found at the provider and adopted, or imported from a report file. */
export const jobOrigins = ["launched", "adopted", "imported"] as const;
export const jobTasks = ["text"] as const;

/** What a job waits for next: the step of launch → submit → poll → collect that is due, or `done`. */
export type JobStep = (typeof jobSteps)[number];
export type JobOrigin = (typeof jobOrigins)[number];
export type JobTask = (typeof jobTasks)[number];

/** Every moment a provider reports, by the provider's clock. */
const providerTimestampsSchema = z.object({
  createdAt: moment.nullable(),
  startedAt: moment.nullable(),
  finalizingAt: moment.nullable(),
  cancellingAt: moment.nullable(),
  endedAt: moment.nullable(),
  expiresAt: moment.nullable(),
});
export type ProviderTimestamps = z.infer<typeof providerTimestampsSchema>;

/** What we saw and did, by our own clock. Never mixed with the provider's. */
const observedTimestampsSchema = z.object({
  launchedAt: moment,
  submitStartedAt: moment.nullable(),
  submittedAt: moment.nullable(),
  lastCheckedAt: moment.nullable(),
  endSeenAt: moment.nullable(),
  cancelRequestedAt: moment.nullable(),
  collectedAt: moment.nullable(),
  /** Our copy of the results was deleted to make room; counts and tokens stay. */
  resultsPrunedAt: moment.nullable(),
  /** When the provider's copy was deleted at our request; what we collected stays. */
  removedAtProviderAt: moment.nullable(),
});
export type ObservedTimestamps = z.infer<typeof observedTimestampsSchema>;

const usageSchema = z.object({
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
});

const failureSchema = z.object({ code: z.string().nullable(), message: z.string() });
export type JobFailure = z.infer<typeof failureSchema>;

/** The results that were fetched and counted by us; null until collection has finished. */
const collectedSchema = z.object({
  lineCount: z.number().int(),
  unreadableLineCount: z.number().int(),
  sizeBytes: z.number().int(),
  usage: usageSchema,
});
export type CollectedResults = z.infer<typeof collectedSchema>;

/** One batch at a provider, as the database knows it. The schema reads it back from JSON in the browser. */
export const jobSchema = z.object({
  id: z.string(),
  jobSetId: z.string().nullable(),
  laneId: z.string().nullable(),
  origin: z.enum(jobOrigins),
  provider: z.enum(providerIds),
  /** Fingerprint of the credential that the job belongs to. */
  account: z.string(),
  isSimulated: z.boolean(),
  model: z.string().nullable(),
  task: z.enum(jobTasks),
  requestCount: count,
  maxOutputTokens: count,
  /** The provider's own id; null until it is known. */
  providerJobId: z.string().nullable(),
  serviceStatus: z.string().nullable(),
  userStatus: z.enum(userStatuses),
  step: z.enum(jobSteps),
  counts: z.object({
    total: count,
    succeeded: count,
    failed: count,
    expired: count,
    cancelled: count,
    unfinished: count,
  }),
  reported: providerTimestampsSchema,
  observed: observedTimestampsSchema,
  cancelReason: z.enum(["user", "time_out"]).nullable(),
  failure: failureSchema.nullable(),
  /** A passing trouble with the provider, shown on the job while it lasts. */
  trouble: z.string().nullable(),
  collected: collectedSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** Seconds from the provider's creation time to its end time, both by its clock; null unless both are known. */
export function turnaroundSecondsOf(
  reported: Pick<ProviderTimestamps, "createdAt" | "endedAt">,
): number | null {
  if (!reported.createdAt || !reported.endedAt) return null;
  return (reported.endedAt.getTime() - reported.createdAt.getTime()) / 1000;
}
