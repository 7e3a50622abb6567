import * as z from "zod/mini";
import { jobAddressSchema } from "./job-page.ts";
import { providerIds } from "./provider-id.ts";
import { selectionLimits } from "./selection-limits.ts";
import { userStatuses } from "./user-status.ts";

const jobId = z.string().check(z.minLength(1), z.maxLength(64));

/** Which jobs to act on: some by their ids, or all that match a filter, however many they are. */
export const jobSelectionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("some"),
    jobIds: z.array(jobId).check(z.minLength(1), z.maxLength(selectionLimits.jobIds)),
  }),
  z.object({
    kind: z.literal("matching"),
    filter: jobAddressSchema,
    exceptIds: z._default(z.array(jobId).check(z.maxLength(selectionLimits.exceptIds)), []),
  }),
]);
export type JobSelection = z.infer<typeof jobSelectionSchema>;

export const bulkVerbs = ["cancel", "check", "remove", "download", "report"] as const;
/**
 * `remove` deletes the provider's copy and never ours; `download` concerns jobs with collected results, `report` those
 * that came to a provider.
 */
export type BulkVerb = (typeof bulkVerbs)[number];

export const bulkPreviewInputSchema = z.object({ verb: z.enum(bulkVerbs), selection: jobSelectionSchema });

/** What a verb would do: of the selected jobs of one provider and status, how many it applies to. */
export const bulkPreviewSchema = z.object({
  groups: z.array(
    z.object({
      provider: z.enum(providerIds),
      userStatus: z.enum(userStatuses),
      jobCount: z.int(),
      applicableCount: z.int(),
    }),
  ),
});
export type BulkPreview = z.infer<typeof bulkPreviewSchema>;

export const bulkInputSchema = z.object({
  verb: z.enum(["cancel", "check", "remove"]),
  selection: jobSelectionSchema,
});
export type BulkInput = z.infer<typeof bulkInputSchema>;

/** How far a verb is on its way through many jobs; the last one of a stream has `isFinished`. */
export const bulkProgressSchema = z.object({
  /** Jobs that the verb applied to at the start. */
  totalCount: z.int(),
  doneCount: z.int(),
  /** What did not work, the same message once with the number of its jobs. */
  failures: z.array(z.object({ message: z.string(), count: z.int() })),
  isFinished: z.boolean(),
});
export type BulkProgress = z.infer<typeof bulkProgressSchema>;
