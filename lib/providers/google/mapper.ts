import type { z } from "zod";
import type { JobFailure } from "#lib/domain/job.ts";
import type { ModelInfo } from "#lib/domain/model.ts";
import { unknownCounts, type OutcomeCounts } from "#lib/domain/outcome-counts.ts";
import type { ProviderFile, ProviderJob } from "../provider.ts";
import { dateOfText, storableReply } from "../wire-values.ts";
import {
  wireOperationSchema,
  type WireOperation,
  type wireListedFileSchema,
  type wireModelPageSchema,
} from "./api-types.ts";
import { rpcCodeName } from "./rpc-codes.ts";

const endStates = ["SUCCEEDED", "FAILED", "CANCELLED", "EXPIRED"] as const;
type EndState = (typeof endStates)[number];

/** The end that a state means; the wire says `BATCH_STATE_…`, some SDKs and documents `JOB_STATE_…`. Null before the end. */
function endStateOf(state: string): EndState | null {
  const word = state.replace(/^(BATCH|JOB)_STATE_/, "");
  return endStates.find((end) => end === word) ?? null;
}

/** An operation as the wire has it, in our shape. Throws `ZodError` when it has no name or no state. */
export function mapOperation(reply: unknown): ProviderJob {
  const raw = storableReply(withoutInlinedResponses(reply));
  const operation = wireOperationSchema.parse(raw);
  const { metadata } = operation;
  const end = endStateOf(metadata.state);
  const counts = countsOf(operation, end);
  return {
    provider: "google",
    id: operation.name,
    name: metadata.displayName || null,
    model: metadata.model?.replace(/^models\//, "") ?? null,
    serviceStatus: metadata.state,
    hasEnded: end !== null,
    hasResults: end !== null && (hasOutput(operation) || !expectsOutput(end, counts)),
    counts,
    timestamps: {
      createdAt: dateOfText(metadata.createTime),
      // This API has no start time; the first sight of RUNNING is an observation of ours and kept apart.
      startedAt: null,
      finalizingAt: null,
      cancellingAt: null,
      endedAt: end === null ? null : dateOfText(metadata.endTime),
      expiresAt: null,
    },
    usage: null,
    failure: failureOf(operation),
    raw,
  };
}

/** Counters that are zero are left out of the wire, so with a known total a missing one is zero. */
function countsOf({ metadata: { batchStats } }: WireOperation, end: EndState | null): OutcomeCounts {
  const total = batchStats?.requestCount ?? null;
  if (!batchStats || total === null) return unknownCounts;
  const succeeded = batchStats.successfulRequestCount ?? 0;
  const failed = batchStats.failedRequestCount ?? 0;
  // Not `pendingRequestCount`: while a batch runs it lags behind the other two.
  const rest = Math.max(0, total - succeeded - failed);
  return {
    total,
    succeeded,
    failed,
    expired: end === "EXPIRED" ? rest : 0,
    cancelled: end === "CANCELLED" ? rest : 0,
    unfinished: end === "EXPIRED" || end === "CANCELLED" ? 0 : rest,
  };
}

/** Where the results of an ended batch are; both places say the same, and inline jobs have no file. */
export function outputOf(operation: WireOperation) {
  const { output } = operation.metadata;
  return {
    responsesFile: output?.responsesFile || operation.response?.responsesFile || null,
    inlinedResponses:
      output?.inlinedResponses?.inlinedResponses ??
      operation.response?.inlinedResponses?.inlinedResponses ??
      null,
  };
}

function hasOutput(operation: WireOperation): boolean {
  const { responsesFile, inlinedResponses } = outputOf(operation);
  return responsesFile !== null || inlinedResponses !== null;
}

/** The output can lag behind the state. A failed or expired batch leaves none, a cancelled one only what had been served. */
function expectsOutput(end: EndState, counts: OutcomeCounts): boolean {
  if (end === "SUCCEEDED") return counts.total !== 0;
  return end === "CANCELLED" && (counts.succeeded ?? 0) > 0;
}

function failureOf({ error }: WireOperation): JobFailure | null {
  if (!error) return null;
  const code = error.code === null || error.code === undefined ? null : rpcCodeName(error.code);
  return { code, message: error.message || "Google gave no reason." };
}

/** An inline job repeats all its answers, twice, in every reply: they are results, and too much to keep beside the job. */
function withoutInlinedResponses(raw: unknown): unknown {
  return JSON.parse(
    JSON.stringify(raw, (key, value: unknown) =>
      key === "inlinedResponses" && Array.isArray(value) ? [] : value,
    ),
  );
}

export function mapFile(file: z.infer<typeof wireListedFileSchema>): ProviderFile {
  return {
    id: file.name,
    name: file.displayName || null,
    purpose: file.mimeType || null,
    sizeBytes: file.sizeBytes ?? null,
    createdAt: dateOfText(file.createTime),
    expiresAt: dateOfText(file.expirationTime),
  };
}

export function mapModels({ models }: z.infer<typeof wireModelPageSchema>): ModelInfo[] {
  return (models ?? []).map((model) => ({
    id: model.name.replace(/^models\//, ""),
    displayName: model.displayName ?? null,
    retiresOn: null,
    isRetired: false,
    supportsBatch: model.supportedGenerationMethods?.includes("batchGenerateContent") ?? null,
  }));
}
