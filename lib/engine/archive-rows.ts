import type { ListedJobRow } from "#lib/db/job-mapper.ts";
import type { NewJobRow } from "#lib/db/schema/jobs.ts";
import type { requestResults, RequestResultRow } from "#lib/db/schema/request-results.ts";
import type { ArchiveLineOf } from "#lib/domain/job-set-archive.ts";

const iso = (date: Date | null) => date?.toISOString() ?? null;
const dateOf = (text: string | null) => (text === null ? null : new Date(text));

/** Row → line of an archive. The account stays here: a fingerprint of a key is nobody else's business. */
export function archivedJob(row: ListedJobRow): ArchiveLineOf<"job"> {
  return {
    kind: "job",
    id: row.id,
    laneId: row.laneId,
    provider: row.provider,
    model: row.model,
    task: row.task,
    requestCount: row.requestCount,
    maxOutputTokens: row.maxOutputTokens,
    nonce: row.nonce,
    promptOffset: row.promptOffset,
    launchOrder: row.launchOrder,
    providerJobId: row.providerJobId,
    serviceStatus: row.serviceStatus,
    userStatus: row.userStatus,
    counts: {
      total: row.countTotal,
      succeeded: row.countSucceeded,
      failed: row.countFailed,
      expired: row.countExpired,
      cancelled: row.countCancelled,
      unfinished: row.countUnfinished,
    },
    reported: {
      createdAt: iso(row.providerCreatedAt),
      startedAt: iso(row.providerStartedAt),
      finalizingAt: iso(row.providerFinalizingAt),
      cancellingAt: iso(row.providerCancellingAt),
      endedAt: iso(row.providerEndedAt),
      expiresAt: iso(row.providerExpiresAt),
    },
    observed: {
      launchedAt: row.launchedAt.toISOString(),
      submitStartedAt: iso(row.submitStartedAt),
      submittedAt: iso(row.submittedAt),
      lastCheckedAt: iso(row.lastCheckedAt),
      endSeenAt: iso(row.endSeenAt),
      cancelRequestedAt: iso(row.cancelRequestedAt),
      collectedAt: iso(row.collectedAt),
    },
    cancelReason: row.cancelReason,
    failureCode: row.failureCode,
    failureMessage: row.failureMessage,
    collected: collectedOf(row),
  };
}

function collectedOf(row: ListedJobRow): ArchiveLineOf<"job">["collected"] {
  if (row.resultLineCount === null) return null;
  return {
    lineCount: row.resultLineCount,
    unreadableCount: row.resultUnreadableCount ?? 0,
    sizeBytes: row.resultSizeBytes ?? 0,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    totalTokens: row.totalTokens,
    cachedTokens: row.cachedTokens,
    reasoningTokens: row.reasoningTokens,
  };
}

/** Line of an archive → row of a job that is shown and compared, and never looked up: its account is not ours. */
export function rowOfArchivedJob(
  line: ArchiveLineOf<"job">,
  jobSet: Pick<ArchiveLineOf<"jobSet">, "id" | "isSimulated">,
): NewJobRow {
  const { counts, reported, observed, collected } = line;
  return {
    id: line.id,
    jobSetId: jobSet.id,
    laneId: line.laneId,
    origin: "imported",
    provider: line.provider,
    account: `archive:${jobSet.id}`,
    isSimulated: jobSet.isSimulated,
    model: line.model,
    task: line.task,
    requestCount: line.requestCount,
    maxOutputTokens: line.maxOutputTokens,
    nonce: line.nonce,
    promptOffset: line.promptOffset,
    launchOrder: line.launchOrder,
    providerJobId: line.providerJobId,
    serviceStatus: line.serviceStatus,
    userStatus: line.userStatus,
    step: "done",
    countTotal: counts.total,
    countSucceeded: counts.succeeded,
    countFailed: counts.failed,
    countExpired: counts.expired,
    countCancelled: counts.cancelled,
    countUnfinished: counts.unfinished,
    providerCreatedAt: dateOf(reported.createdAt),
    providerStartedAt: dateOf(reported.startedAt),
    providerFinalizingAt: dateOf(reported.finalizingAt),
    providerCancellingAt: dateOf(reported.cancellingAt),
    providerEndedAt: dateOf(reported.endedAt),
    providerExpiresAt: dateOf(reported.expiresAt),
    launchedAt: new Date(observed.launchedAt),
    submitStartedAt: dateOf(observed.submitStartedAt),
    submittedAt: dateOf(observed.submittedAt),
    lastCheckedAt: dateOf(observed.lastCheckedAt),
    endSeenAt: dateOf(observed.endSeenAt),
    cancelRequestedAt: dateOf(observed.cancelRequestedAt),
    collectedAt: dateOf(observed.collectedAt),
    cancelReason: line.cancelReason,
    failureCode: line.failureCode,
    failureMessage: line.failureMessage,
    resultLineCount: collected?.lineCount ?? null,
    resultUnreadableCount: collected?.unreadableCount ?? null,
    resultSizeBytes: collected?.sizeBytes ?? null,
    inputTokens: collected?.inputTokens ?? null,
    outputTokens: collected?.outputTokens ?? null,
    totalTokens: collected?.totalTokens ?? null,
    cachedTokens: collected?.cachedTokens ?? null,
    reasoningTokens: collected?.reasoningTokens ?? null,
  };
}

export function archivedResult({ jobId: _job, ...row }: RequestResultRow): ArchiveLineOf<"result"> {
  return { kind: "result", ...row };
}

export function rowOfArchivedResult(
  { kind: _kind, ...line }: ArchiveLineOf<"result">,
  jobId: string,
): typeof requestResults.$inferInsert {
  return { jobId, ...line };
}
