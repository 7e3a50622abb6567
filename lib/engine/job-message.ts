import type { JobRow } from "#lib/db/schema/jobs.ts";

/** "Look at this row": the message of the queues `submit`, `collect` and `cancel`. */
export function jobMessage(job: Pick<JobRow, "id" | "provider">) {
  return { data: { jobId: job.id, provider: job.provider }, key: job.id };
}
