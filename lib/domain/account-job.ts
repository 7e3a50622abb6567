import * as z from "zod/mini";
import { outcomeCountsSchema } from "./job.ts";
import { providerIds } from "./provider-id.ts";
import { userStatuses } from "./user-status.ts";

export const recentJobsLimits = {
  defaultHours: 36,
  /** Ten years. */
  maximumHours: 87_600,
  /** Jobs of one provider that a page lists; importing all of them has no such limit. */
  listed: 5_000,
  selected: 5_000,
} as const;

const hours = z.coerce
  .number({ error: "Enter the hours as a whole number." })
  .check(
    z.int({ error: "Enter the hours as a whole number." }),
    z.minimum(1, { error: "Look back at least 1 hour." }),
    z.maximum(recentJobsLimits.maximumHours, { error: "Look back at most 87,600 hours (ten years)." }),
  );

/** How far to look back in an account. */
export const recentJobsQuerySchema = z.object({ hours: z._default(hours, recentJobsLimits.defaultHours) });

/** Which jobs of an account to import: those named, or everything new of the last `hours`. */
export const adoptInputSchema = z.object({
  hours,
  providerJobIds: z.nullable(
    z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(
      z.minLength(1),
      z.maxLength(recentJobsLimits.selected, {
        error: "Import at most 5,000 selected jobs at once, or all of them.",
      }),
    ),
  ),
});
export type AdoptInput = z.infer<typeof adoptInputSchema>;

/**
 * `new`: not in this database. `known`: it is, under `jobId`. `submitting`: it may be the batch of a submission whose
 * answer has not arrived; the engine finds out which, so it is not offered for import.
 */
export const accountJobStates = ["new", "known", "submitting"] as const;
export type AccountJobState = (typeof accountJobStates)[number];

/** One batch of an account as its provider lists it, and whether it is known here. */
export const accountJobSchema = z.object({
  provider: z.enum(providerIds),
  providerJobId: z.string(),
  model: z.nullable(z.string()),
  serviceStatus: z.string(),
  userStatus: z.enum(userStatuses),
  counts: outcomeCountsSchema,
  /** Provider clock. */
  createdAt: z.nullable(z.coerce.date()),
  /** Provider clock. */
  endedAt: z.nullable(z.coerce.date()),
  state: z.enum(accountJobStates),
  jobId: z.nullable(z.string()),
});
export type AccountJob = z.infer<typeof accountJobSchema>;

const failureLineSchema = z.object({ type: z.literal("failure"), message: z.string() });

/** What a listing streams, one JSON line each: jobs as they are read, then `end` or `failure`. */
export const recentJobsLineSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("jobs"), jobs: z.array(accountJobSchema) }),
  /** `isCut`: the account has more jobs than a page lists. */
  z.object({ type: z.literal("end"), isCut: z.boolean() }),
  failureLineSchema,
]);
export type RecentJobsLine = z.infer<typeof recentJobsLineSchema>;

/** What an import streams: what has been read and adopted since the line before, then `end` or `failure`. */
export const adoptLineSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    readCount: z.int(),
    adopted: z.array(z.object({ providerJobId: z.string(), jobId: z.string() })),
  }),
  z.object({ type: z.literal("end") }),
  failureLineSchema,
]);
export type AdoptLine = z.infer<typeof adoptLineSchema>;
