import { z } from "zod";
import { jobListItemSchema } from "./job-page.ts";

/** A job with the provider's object as it last came. */
export const jobDetailSchema = z.object({ job: jobListItemSchema, raw: z.unknown() });
export type JobDetail = z.infer<typeof jobDetailSchema>;
