import { z } from "zod";
import { requestOutcomes } from "./result.ts";

/** Requests of one job that came out badly in the same way. */
export const errorKindSchema = z.object({
  /** Null for lines that could not be read. */
  outcome: z.enum(requestOutcomes).nullable(),
  /** The provider's own code, verbatim. */
  code: z.string().nullable(),
  /** The message of one of them; they may differ in numbers. */
  message: z.string().nullable(),
  requestCount: z.number().int(),
  /** One of them, as an example. */
  lineNumber: z.number().int(),
  customId: z.string().nullable(),
  /** The provider's id of that request, which its support asks for; null where the line has none. */
  requestId: z.string().nullable(),
});
export type ErrorKind = z.infer<typeof errorKindSchema>;

/** The most frequent kinds of a job. */
export const errorKindListSchema = z.array(errorKindSchema);
export const maximumErrorKinds = 20;
