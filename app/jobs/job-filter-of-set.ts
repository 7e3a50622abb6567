import { jobAddressSchema } from "#lib/domain/job-page.ts";
import type { JobUrlFilter } from "./use-job-filter.ts";

/** All jobs of one set, the last in its launch order first. */
export function jobFilterOfSet(jobSetId: string): JobUrlFilter {
  return jobAddressSchema.parse({ jobSetId });
}
