import type { ModelInfo } from "#lib/domain/model.ts";
import type { JobFailure, ProviderTimestamps } from "#lib/domain/job.ts";
import { unknownCounts, type OutcomeCounts } from "#lib/domain/outcome-counts.ts";
import type { TokenUsage } from "#lib/domain/token-usage.ts";
import type { ProviderFile, ProviderJob } from "../provider.ts";
import { dateOfEpochSeconds, storableReply } from "../wire-values.ts";
import {
  wireBatchSchema,
  type WireBatch,
  type wireListedFileSchema,
  type wireModelPageSchema,
} from "./api-types.ts";
import type { z } from "zod";

/** The metadata key under which our job name travels. */
export const jobNameKey = "batchmark_job";

/** Files have been seen to appear after the end; beyond this wait, what is there is all that there will be. */
const lateFilesSeconds = 15 * 60;

const endedAtField = {
  completed: "completed_at",
  failed: "failed_at",
  expired: "expired_at",
  cancelled: "cancelled_at",
} as const;

type EndStatus = keyof typeof endedAtField;

function isEndStatus(status: string): status is EndStatus {
  return Object.hasOwn(endedAtField, status);
}

/**
 * A batch as the wire has it, in our shape. Throws `ZodError` when it has no id or no status.
 * @param now decides only whether a file that the counts promise may still appear.
 */
export function mapBatch(reply: unknown, now: Date): ProviderJob {
  const raw = storableReply(reply);
  const batch = wireBatchSchema.parse(raw);
  const timestamps = timestampsOf(batch);
  const name = batch.metadata?.[jobNameKey];
  return {
    provider: "openai",
    id: batch.id,
    name: typeof name === "string" ? name : null,
    model: batch.model ?? null,
    serviceStatus: batch.status,
    hasEnded: isEndStatus(batch.status),
    hasResults: hasResults(batch, timestamps.endedAt, now),
    counts: countsOf(batch),
    timestamps,
    usage: usageOf(batch),
    failure: failureOf(batch),
    raw,
  };
}

function timestampsOf(batch: WireBatch): ProviderTimestamps {
  return {
    createdAt: dateOfEpochSeconds(batch.created_at),
    startedAt: dateOfEpochSeconds(batch.in_progress_at),
    finalizingAt: dateOfEpochSeconds(batch.finalizing_at),
    cancellingAt: dateOfEpochSeconds(batch.cancelling_at),
    endedAt: isEndStatus(batch.status) ? dateOfEpochSeconds(batch[endedAtField[batch.status]]) : null,
    expiresAt: dateOfEpochSeconds(batch.expires_at),
  };
}

/** Lines that never ran are in no counter of the wire: what is missing to the total expired, was cancelled or is to come. */
function countsOf({ status, request_counts: counts }: WireBatch): OutcomeCounts {
  // The counters stand at 0 until the input has been validated, and for good when validation failed.
  if (!counts?.total) return unknownCounts;
  const succeeded = counts.completed ?? 0;
  const failed = counts.failed ?? 0;
  const rest = Math.max(0, counts.total - succeeded - failed);
  const hasRestIn = (end: EndStatus) => (status === end ? rest : 0);
  return {
    total: counts.total,
    succeeded,
    failed,
    expired: hasRestIn("expired"),
    cancelled: hasRestIn("cancelled"),
    unfinished: status === "expired" || status === "cancelled" ? 0 : rest,
  };
}

/** Each kind of line is in a file of its own, and a batch can be `completed` before its files are there. */
function hasResults(batch: WireBatch, endedAt: Date | null, now: Date): boolean {
  if (!isEndStatus(batch.status)) return false;
  const { output_file_id: outputFile, error_file_id: errorFile, request_counts: counts } = batch;
  const expectsOutput = (counts?.completed ?? 0) > 0;
  const expectsErrors = (counts?.failed ?? 0) > 0;
  const isAllThere = (!expectsOutput || outputFile) && (!expectsErrors || errorFile);
  if (outputFile || errorFile) return Boolean(isAllThere) || isLongAgo(endedAt, now);
  const isNothingExpected = !expectsOutput && !expectsErrors;
  return isNothingExpected && (batch.status !== "completed" || (counts?.total ?? 0) === 0);
}

function isLongAgo(endedAt: Date | null, now: Date): boolean {
  return endedAt === null || now.getTime() - endedAt.getTime() > lateFilesSeconds * 1000;
}

function usageOf({ status, usage }: WireBatch): TokenUsage | null {
  // The counters are all zero from creation on; before the end they say nothing.
  if (!usage || !isEndStatus(status)) return null;
  return {
    inputTokens: usage.input_tokens ?? null,
    outputTokens: usage.output_tokens ?? null,
    totalTokens: usage.total_tokens ?? null,
    cachedTokens: usage.input_tokens_details?.cached_tokens ?? null,
    reasoningTokens: usage.output_tokens_details?.reasoning_tokens ?? null,
  };
}

function failureOf({ errors }: WireBatch): JobFailure | null {
  const all = errors?.data ?? [];
  const first = all[0];
  if (!first) return null;
  const place = first.line ? ` (line ${first.line})` : "";
  const others = all.length > 1 ? ` And ${all.length - 1} more.` : "";
  return { code: first.code ?? null, message: `${first.message ?? "No message."}${place}${others}` };
}

export function mapFile(file: z.infer<typeof wireListedFileSchema>): ProviderFile {
  return {
    id: file.id,
    name: file.filename || null,
    purpose: file.purpose || null,
    sizeBytes: file.bytes ?? null,
    createdAt: dateOfEpochSeconds(file.created_at),
    expiresAt: dateOfEpochSeconds(file.expires_at),
  };
}

/** @param now a model is retired from its shutdown day on. */
export function mapModels({ data }: z.infer<typeof wireModelPageSchema>, now: Date): ModelInfo[] {
  const today = now.toISOString().slice(0, 10);
  return data.map((model) => {
    const retiresOn = model.shutdown_date?.slice(0, 10) || null;
    return {
      id: model.id,
      displayName: null,
      retiresOn,
      isRetired: retiresOn !== null && retiresOn <= today,
      supportsBatch: null,
    };
  });
}
