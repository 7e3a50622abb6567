import type { JobListItem } from "#lib/domain/job-page.ts";
import { unknownCounts, type OutcomeCounts } from "#lib/domain/outcome-counts.ts";

const launchedAt = new Date("2026-11-22T12:00:00Z");

const base: JobListItem = {
  id: "job_0000000000000000",
  jobSetId: "set_0000000000000000",
  jobSetName: "Morning run",
  estimate: null,
  laneId: "lane_0000000000000000",
  origin: "launched",
  provider: "openai",
  account: "account",
  isSimulated: true,
  model: "gpt-4o-mini",
  task: "text",
  requestCount: 9,
  maxOutputTokens: 1024,
  providerJobId: "batch_0",
  serviceStatus: "in_progress",
  userStatus: "IN_PROGRESS",
  step: "poll",
  counts: { ...unknownCounts, total: 9 },
  reported: {
    createdAt: launchedAt,
    startedAt: null,
    finalizingAt: null,
    cancellingAt: null,
    endedAt: null,
    expiresAt: null,
  },
  observed: {
    launchedAt,
    submitStartedAt: launchedAt,
    submittedAt: launchedAt,
    lastCheckedAt: launchedAt,
    endSeenAt: null,
    cancelRequestedAt: null,
    collectedAt: null,
    resultsPrunedAt: null,
    removedAtProviderAt: null,
  },
  cancelReason: null,
  failure: null,
  trouble: null,
  collected: null,
};

/** A job as a list shows it, running at OpenAI unless told otherwise. */
export function jobListItem(change: Partial<JobListItem> = {}): JobListItem {
  return { ...base, ...change };
}

type CountParts = Partial<Record<"succeeded" | "failed" | "expired" | "cancelled" | "unfinished", number>>;

/** Counts of an ended job; parts that are not named are 0. */
export function endedCounts(parts: CountParts): OutcomeCounts {
  const known = { succeeded: 0, failed: 0, expired: 0, cancelled: 0, unfinished: 0, ...parts };
  return { ...known, total: Object.values(known).reduce((sum, part) => sum + part, 0) };
}
