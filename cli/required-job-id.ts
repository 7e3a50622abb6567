import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** The value of `--job_id`, which `checkRequirements` has asked for. */
export function requiredJobId({ flags }: Session): string {
  const jobId = flags.job_id?.trim();
  if (!jobId) throw new UsageError("Name the job: --job_id ID.");
  return jobId;
}
