import * as z from "zod/mini";

/** `results`: result files and lines, the jobs with their times and counts stay. `jobs`: the jobs with everything. */
export const pruneSubjects = ["results", "jobs"] as const;
export type PruneSubject = (typeof pruneSubjects)[number];

/** What to delete here: of jobs that ended at least so many days ago, or of one job set. Never anything at a provider. */
export const pruneInputSchema = z
  .object({
    subject: z.enum(pruneSubjects),
    olderThanDays: z.nullable(
      z
        .int({ error: "Enter the days as a whole number." })
        .check(
          z.minimum(0, { error: "Enter 0 days or more." }),
          z.maximum(3_650, { error: "Enter at most 3,650 days." }),
        ),
    ),
    jobSetId: z.nullable(z.string().check(z.maxLength(64))),
  })
  .check(
    z.refine((input) => input.olderThanDays !== null || input.jobSetId !== null, {
      error: "Say how old, or of which job set.",
    }),
  );
export type PruneInput = z.infer<typeof pruneInputSchema>;

/** What a deletion would take. */
export type PrunePreview = {
  jobCount: number;
  /** Sizes of the result files among it. */
  resultBytes: number;
  resultLineCount: number;
  /** Chosen by age or set, but not deleted because they, or others of their set, have not ended or are too young. */
  keptJobCount: number;
};

export type PruneSummary = { jobCount: number; resultBytes: number };
