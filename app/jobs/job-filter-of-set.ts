import { readJobSearchParams } from "./search-params.ts";
import type { JobUrlFilter } from "./use-job-filter.ts";

/** All jobs of one set, the last in its launch order first. */
export function jobFilterOfSet(jobSetId: string): JobUrlFilter {
  const { page: _page, ...filter } = readJobSearchParams(new URLSearchParams());
  return { ...filter, jobSetId };
}
