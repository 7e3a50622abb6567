import type { Job } from "#lib/domain/job.ts";
import type { JobRow } from "./schema/jobs.ts";

/** What a list reads of a job. */
export type ListedJobRow = Omit<JobRow, "raw" | "searchText">;

/** Database row → domain. The only place that knows both shapes of a job. */
export function toJob(row: ListedJobRow): Job {
  return {
    id: row.id,
    jobSetId: row.jobSetId,
    laneId: row.laneId,
    origin: row.origin,
    provider: row.provider,
    account: row.account,
    isSimulated: row.isSimulated,
    model: row.model,
    task: row.task,
    requestCount: row.requestCount,
    maxOutputTokens: row.maxOutputTokens,
    providerJobId: row.providerJobId,
    serviceStatus: row.serviceStatus,
    userStatus: row.userStatus,
    step: row.step,
    counts: {
      total: row.countTotal,
      succeeded: row.countSucceeded,
      failed: row.countFailed,
      expired: row.countExpired,
      cancelled: row.countCancelled,
      unfinished: row.countUnfinished,
    },
    reported: {
      createdAt: row.providerCreatedAt,
      startedAt: row.providerStartedAt,
      finalizingAt: row.providerFinalizingAt,
      cancellingAt: row.providerCancellingAt,
      endedAt: row.providerEndedAt,
      expiresAt: row.providerExpiresAt,
    },
    observed: {
      launchedAt: row.launchedAt,
      submitStartedAt: row.submitStartedAt,
      submittedAt: row.submittedAt,
      lastCheckedAt: row.lastCheckedAt,
      endSeenAt: row.endSeenAt,
      cancelRequestedAt: row.cancelRequestedAt,
      collectedAt: row.collectedAt,
      resultsPrunedAt: row.resultsPrunedAt,
      removedAtProviderAt: row.providerRemovedAt,
    },
    cancelReason: row.cancelReason,
    failure: row.failureMessage === null ? null : { code: row.failureCode, message: row.failureMessage },
    trouble: row.trouble,
    collected: toCollected(row),
  };
}

function toCollected(row: ListedJobRow): Job["collected"] {
  if (row.resultLineCount === null) return null;
  return {
    lineCount: row.resultLineCount,
    unreadableLineCount: row.resultUnreadableCount ?? 0,
    sizeBytes: row.resultSizeBytes ?? 0,
    usage: {
      inputTokens: row.inputTokens,
      outputTokens: row.outputTokens,
      totalTokens: row.totalTokens,
      cachedTokens: row.cachedTokens,
      reasoningTokens: row.reasoningTokens,
    },
  };
}
