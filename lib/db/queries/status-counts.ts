import type { StatusCounts } from "#lib/domain/job-set-summary.ts";

export function emptyStatusCounts(): StatusCounts {
  return { IN_PROGRESS: 0, SUCCEEDED: 0, FAILED: 0, CANCELLED_TIMED_OUT: 0, CANCELLED_ON_DEMAND: 0 };
}
