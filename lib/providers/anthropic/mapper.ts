import type { ModelInfo } from "#lib/domain/model.ts";
import { unknownCounts, type OutcomeCounts } from "#lib/domain/outcome-counts.ts";
import type { ProviderJob } from "../provider.ts";
import { dateOfText, storableReply } from "../wire-values.ts";
import { wireBatchSchema, wireModelSchema, type WireBatch } from "./api-types.ts";

/** A batch as the wire has it, in our shape. Throws `ZodError` when it has no id or no status. */
export function mapBatch(reply: unknown): ProviderJob {
  const raw = storableReply(reply);
  const batch = wireBatchSchema.parse(raw);
  const hasEnded = batch.processing_status === "ended";
  return {
    provider: "anthropic",
    id: batch.id,
    // Neither a name nor the model comes back: a batch holds nothing of its input.
    name: null,
    model: null,
    serviceStatus: batch.processing_status,
    hasEnded,
    // The address goes when the results do, 29 days after creation.
    hasResults: hasEnded && Boolean(batch.results_url),
    counts: countsOf(batch),
    timestamps: {
      createdAt: dateOfText(batch.created_at),
      startedAt: null,
      finalizingAt: null,
      cancellingAt: dateOfText(batch.cancel_initiated_at),
      endedAt: hasEnded ? dateOfText(batch.ended_at) : null,
      expiresAt: dateOfText(batch.expires_at),
    },
    usage: null,
    failure: null,
    raw,
  };
}

/** The five counters always add up to the number of requests; all of them are `processing` until the whole batch ends. */
function countsOf({ request_counts: counts }: WireBatch): OutcomeCounts {
  if (!counts) return unknownCounts;
  const succeeded = counts.succeeded ?? 0;
  const failed = counts.errored ?? 0;
  const expired = counts.expired ?? 0;
  const cancelled = counts.canceled ?? 0;
  const unfinished = counts.processing ?? 0;
  const total = succeeded + failed + expired + cancelled + unfinished;
  return { total, succeeded, failed, expired, cancelled, unfinished };
}

/** @param now a model is retired when its lifecycle says so or its retirement date has come. */
export function mapModel(raw: unknown, now: Date): ModelInfo {
  const model = wireModelSchema.parse(raw);
  const retiresAt = dateOfText(model.retires_at);
  return {
    id: model.id,
    displayName: model.display_name ?? null,
    retiresOn: retiresAt?.toISOString().slice(0, 10) ?? null,
    isRetired: model.lifecycle === "retired" || (retiresAt !== null && retiresAt <= now),
    supportsBatch: model.capabilities?.batch?.supported ?? null,
  };
}
