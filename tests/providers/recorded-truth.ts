import { expect } from "vitest";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { RequestResult } from "#lib/domain/result.ts";
import type { UserStatus } from "#lib/domain/user-status.ts";
import { userStatusOf } from "#lib/domain/status-table.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";

/** What stands at a path of a raw reply; undefined when any part of the way is missing. */
export function at(raw: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    raw,
  );
}

const numberAt = (raw: unknown, ...path: (string | number)[]): number | null => {
  const value = at(raw, ...path);
  return value === undefined || value === null ? null : Number(value);
};
const textAt = (raw: unknown, ...path: (string | number)[]): string | null => {
  const value = at(raw, ...path);
  return typeof value === "string" && value !== "" ? value : null;
};
const listAt = (raw: unknown, ...path: (string | number)[]): unknown[] => {
  const value = at(raw, ...path);
  return Array.isArray(value) ? value : [];
};
const secondsAt = (raw: unknown, key: string): Date | null => {
  const seconds = numberAt(raw, key);
  return seconds ? new Date(seconds * 1000) : null;
};
const timeAt = (raw: unknown, ...path: string[]): Date | null => {
  const text = textAt(raw, ...path);
  return text === null ? null : new Date(text);
};

/** Compares a job with the reply that it was read from, field by field and without the adapter's own code. */
export function expectJobOf(id: ProviderId, raw: unknown, job: ProviderJob): void {
  expect(job).toMatchObject(jobFacts[id](raw));
  const { total, ...parts } = job.counts;
  if (total !== null) expect(sum(Object.values(parts))).toBe(total);
  const { serviceStatus, counts, timestamps } = job;
  const { createdAt, endedAt } = timestamps;
  if (createdAt && endedAt) expect(endedAt.getTime()).toBeGreaterThanOrEqual(createdAt.getTime());
  const facts = { provider: id, serviceStatus, counts, createdAt, endedAt, cancelReason: null };
  expect(userStatusOf(facts)).toBe(userStatusIn(id, raw));
}

const jobFacts: Record<ProviderId, (raw: unknown) => object> = {
  openai: (raw) => {
    const status = String(at(raw, "status"));
    const hasEnded = ["completed", "failed", "expired", "cancelled"].includes(status);
    const total = numberAt(raw, "request_counts", "total") || null;
    return {
      id: at(raw, "id"),
      serviceStatus: status,
      model: textAt(raw, "model"),
      hasEnded,
      counts: {
        total,
        succeeded: total && numberAt(raw, "request_counts", "completed"),
        failed: total && numberAt(raw, "request_counts", "failed"),
      },
      timestamps: {
        createdAt: secondsAt(raw, "created_at"),
        startedAt: secondsAt(raw, "in_progress_at"),
        finalizingAt: secondsAt(raw, "finalizing_at"),
        cancellingAt: secondsAt(raw, "cancelling_at"),
        endedAt: hasEnded ? secondsAt(raw, `${status}_at`) : null,
        expiresAt: secondsAt(raw, "expires_at"),
      },
      ...(hasEnded && numberAt(raw, "usage", "total_tokens") !== null
        ? {
            usage: {
              inputTokens: numberAt(raw, "usage", "input_tokens"),
              outputTokens: numberAt(raw, "usage", "output_tokens"),
              totalTokens: numberAt(raw, "usage", "total_tokens"),
              cachedTokens: numberAt(raw, "usage", "input_tokens_details", "cached_tokens"),
              reasoningTokens: numberAt(raw, "usage", "output_tokens_details", "reasoning_tokens"),
            },
          }
        : { usage: null }),
    };
  },
  google: (raw) => {
    const state = String(at(raw, "metadata", "state"));
    const hasEnded = /_(SUCCEEDED|FAILED|CANCELLED|EXPIRED)$/.test(state);
    const count = (key: string) => numberAt(raw, "metadata", "batchStats", key);
    const total = count("requestCount");
    return {
      id: at(raw, "name"),
      serviceStatus: state,
      name: textAt(raw, "metadata", "displayName"),
      model: textAt(raw, "metadata", "model")?.replace("models/", "") ?? null,
      hasEnded,
      counts: {
        total,
        succeeded: total === null ? null : (count("successfulRequestCount") ?? 0),
        failed: total === null ? null : (count("failedRequestCount") ?? 0),
      },
      timestamps: {
        createdAt: timeAt(raw, "metadata", "createTime"),
        endedAt: hasEnded ? timeAt(raw, "metadata", "endTime") : null,
      },
    };
  },
  anthropic: (raw) => {
    const hasEnded = at(raw, "processing_status") === "ended";
    const count = (key: string) => numberAt(raw, "request_counts", key);
    const counts = {
      succeeded: count("succeeded"),
      failed: count("errored"),
      expired: count("expired"),
      cancelled: count("canceled"),
      unfinished: count("processing"),
    };
    return {
      id: at(raw, "id"),
      serviceStatus: at(raw, "processing_status"),
      hasEnded,
      hasResults: hasEnded && textAt(raw, "results_url") !== null,
      counts: { ...counts, total: sum(Object.values(counts)) },
      timestamps: {
        createdAt: timeAt(raw, "created_at"),
        endedAt: hasEnded ? timeAt(raw, "ended_at") : null,
        cancellingAt: timeAt(raw, "cancel_initiated_at"),
        expiresAt: timeAt(raw, "expires_at"),
      },
    };
  },
};

/** The user status by the table of the design, for jobs that nobody here cancelled. */
function userStatusIn(id: ProviderId, raw: unknown): UserStatus {
  const word = String(at(raw, "status") ?? at(raw, "metadata", "state") ?? at(raw, "processing_status"));
  const ran = (end: Date | null, start: Date | null) => (Number(end) - Number(start)) / 1000;
  if (id === "anthropic") {
    if (word !== "ended") return "IN_PROGRESS";
    if (numberAt(raw, "request_counts", "errored")) return "FAILED";
    if (numberAt(raw, "request_counts", "canceled")) return "CANCELLED_ON_DEMAND";
    return numberAt(raw, "request_counts", "expired") ? "CANCELLED_TIMED_OUT" : "SUCCEEDED";
  }
  if (/completed|SUCCEEDED/.test(word)) return "SUCCEEDED";
  if (/failed|FAILED/.test(word)) return "FAILED";
  if (/expired|EXPIRED/.test(word)) return "CANCELLED_TIMED_OUT";
  if (!/cancelled|CANCELLED/.test(word)) return "IN_PROGRESS";
  const seconds =
    id === "openai"
      ? ran(secondsAt(raw, "cancelled_at"), secondsAt(raw, "created_at"))
      : ran(timeAt(raw, "metadata", "endTime"), timeAt(raw, "metadata", "createTime"));
  return seconds > 24 * 3600 ? "CANCELLED_TIMED_OUT" : "CANCELLED_ON_DEMAND";
}

/** Compares a result with the line that it was read from. */
export function expectResultOf(id: ProviderId, raw: unknown, result: RequestResult): void {
  expect(result).toMatchObject(resultFacts[id](raw));
  if (result.outcome === "failed") expect(result.error?.message).toBeTruthy();
  if (result.outcome === "succeeded") expect(result.error).toBeNull();
}

const resultFacts: Record<ProviderId, (raw: unknown) => object> = {
  openai: (raw) => {
    const status = numberAt(raw, "response", "status_code") ?? 0;
    const body = at(raw, "response", "body");
    const hasEndedBadly = /^(failed|cancelled)$/.test(String(at(body, "status")));
    const isAnswered = status >= 200 && status < 300 && Object.keys(body ?? {}).length > 0 && !hasEndedBadly;
    const messages = listAt(body, "output").filter((item) => at(item, "type") === "message");
    const parts = messages.flatMap((item) => listAt(item, "content"));
    const text = at(body, "choices", 0, "message", "content") ?? joined(parts);
    const code = textAt(raw, "error", "code");
    const unanswered = { batch_expired: "expired", batch_cancelled: "cancelled" }[code ?? ""] ?? "failed";
    return {
      customId: textAt(raw, "custom_id"),
      outcome: isAnswered ? "succeeded" : unanswered,
      text: isAnswered ? text : null,
      finishReason: isAnswered
        ? (textAt(body, "choices", 0, "finish_reason") ??
          textAt(body, "incomplete_details", "reason") ??
          textAt(body, "status"))
        : null,
      ...usageOf(isAnswered ? at(body, "usage") : null, (usage) => ({
        inputTokens: numberAt(usage, "prompt_tokens") ?? numberAt(usage, "input_tokens"),
        outputTokens: numberAt(usage, "completion_tokens") ?? numberAt(usage, "output_tokens"),
        totalTokens: numberAt(usage, "total_tokens"),
      })),
    };
  },
  google: (raw) => {
    const parts = listAt(raw, "response", "candidates", 0, "content", "parts");
    const hasFailed = (at(raw, "error") ?? null) !== null;
    const failed = numberAt(raw, "error", "code") === 1 ? "cancelled" : "failed";
    return {
      customId: textAt(raw, "key") ?? textAt(raw, "metadata", "key"),
      outcome: hasFailed ? failed : "succeeded",
      text: joined(parts.filter((part) => at(part, "thought") !== true)),
      finishReason: textAt(raw, "response", "candidates", 0, "finishReason"),
      ...usageOf(at(raw, "response", "usageMetadata"), (usage) => ({
        inputTokens: numberAt(usage, "promptTokenCount"),
        totalTokens: numberAt(usage, "totalTokenCount"),
        reasoningTokens: numberAt(usage, "thoughtsTokenCount"),
        cachedTokens: numberAt(usage, "cachedContentTokenCount"),
      })),
    };
  },
  anthropic: (raw) => {
    const message = at(raw, "result", "message");
    const outcomes = { succeeded: "succeeded", errored: "failed", canceled: "cancelled", expired: "expired" };
    return {
      customId: textAt(raw, "custom_id"),
      outcome: at(outcomes, String(at(raw, "result", "type"))),
      text: joined(listAt(message, "content").filter((block) => at(block, "type") === "text")),
      finishReason: textAt(message, "stop_reason"),
      ...usageOf(at(message, "usage"), (usage) => ({
        inputTokens: sum([
          numberAt(usage, "input_tokens"),
          numberAt(usage, "cache_creation_input_tokens"),
          numberAt(usage, "cache_read_input_tokens"),
        ]),
        outputTokens: numberAt(usage, "output_tokens"),
        cachedTokens: numberAt(usage, "cache_read_input_tokens"),
      })),
    };
  },
};

/** Embeddings of Google count their tokens elsewhere, hence nothing is said where there is no usage. */
function usageOf(usage: unknown, read: (usage: unknown) => object): { usage?: object } {
  return usage === null || usage === undefined ? {} : { usage: read(usage) };
}

function joined(parts: unknown[]): string | null {
  const texts = parts.map((part) => at(part, "text")).filter((text) => typeof text === "string");
  return texts.length > 0 ? texts.join("") : null;
}

function sum(numbers: (number | null)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}
