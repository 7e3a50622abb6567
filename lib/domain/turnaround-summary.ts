import * as z from "zod/mini";
import { curvePointSchema, curveQuantileSchema } from "./comparison-figures.ts";

const whole = z.int();

/** How long some jobs take to be delivered, short enough to stand beside other things. */
export const turnaroundSummarySchema = z.object({
  /** Jobs whose turnaround, or age while they are open, is known. */
  jobCount: whole,
  deliveredCount: whole,
  /** Failed, expired or timed out. */
  notDeliveredCount: whole,
  unfinishedCount: whole,
  /** Time by which half of all jobs are delivered. */
  median: curveQuantileSchema,
  /** False once so many jobs ended otherwise that half of all can no longer be delivered. */
  canReachMedian: z.boolean(),
  /** Share delivered against time, with its 95 % band. */
  curve: z.array(curvePointSchema),
  /** Open jobs can still raise the curve after its last point. */
  isTailOpen: z.boolean(),
});
export type TurnaroundSummary = z.infer<typeof turnaroundSummarySchema>;
