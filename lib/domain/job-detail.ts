import * as z from "zod/mini";
import { jobListItemSchema } from "./job-page.ts";

/** A job with the provider's object as it last came, and why it is not done yet. */
export const jobDetailSchema = z.object({
  job: jobListItemSchema,
  raw: z.unknown(),
  /** Attempts of the present step that failed in a row. */
  attempts: z.int(),
  /** When the provider is asked next; null when no check is planned. */
  nextCheckAt: z.nullable(z.coerce.date()),
  /** Jobs that are sent to a provider before this one; null when it is not waiting to be sent. */
  aheadCount: z.nullable(z.int()),
  /** Why the account of the job cannot be used now, with what to do; null when it can. */
  accountProblem: z.nullable(z.string()),
});
export type JobDetail = z.infer<typeof jobDetailSchema>;
