import * as z from "zod/mini";
import { requestOutcomes } from "./result.ts";

/** Requests of one job that came out badly in the same way. */
export const errorKindSchema = z.object({
  /** Null for lines that could not be read. */
  outcome: z.nullable(z.enum(requestOutcomes)),
  /** The provider's own code, verbatim. */
  code: z.nullable(z.string()),
  /** The message of one of them; they may differ in numbers. */
  message: z.nullable(z.string()),
  requestCount: z.int(),
  /** One of them, as an example. */
  lineNumber: z.int(),
  customId: z.nullable(z.string()),
  /** The provider's id of that request, which its support asks for; null where the line has none. */
  requestId: z.nullable(z.string()),
});
export type ErrorKind = z.infer<typeof errorKindSchema>;

/** The most frequent kinds of a job. */
export const errorKindListSchema = z.array(errorKindSchema);
export const maximumErrorKinds = 20;
