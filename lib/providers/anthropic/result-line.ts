import type { RequestOutcome, RequestResult } from "#lib/domain/result.ts";
import type { TokenUsage } from "#lib/domain/token-usage.ts";
import { parseJsonObject } from "../wire-values.ts";
import { wireResultLineSchema, type WireResult } from "./api-types.ts";

const outcomes: Record<string, RequestOutcome> = {
  succeeded: "succeeded",
  errored: "failed",
  canceled: "cancelled",
  expired: "expired",
};

/** Reads a result line. Throws a plain Error with the reason when the line is no result. */
export function readAnthropicResultLine(line: string): RequestResult {
  const { custom_id, result } = wireResultLineSchema.parse(parseJsonObject(line));
  const outcome = Object.hasOwn(outcomes, result.type) ? outcomes[result.type] : undefined;
  if (!outcome) throw new Error(`The result has the unknown type "${result.type}".`);
  const message = result.message;
  const isRefusal = message?.stop_reason === "refusal";
  return {
    customId: custom_id ?? null,
    outcome,
    text: textOf(message),
    finishReason: message?.stop_reason ?? null,
    refusal: isRefusal
      ? (message.stop_details?.explanation ?? message.stop_details?.category ?? "refusal")
      : null,
    usage: usageOf(message),
    error: outcome === "failed" ? errorOf(result) : null,
  };
}

/** The text blocks of the answer; models that think by default put other blocks before them. */
function textOf(message: WireResult["message"]): string | null {
  const blocks = (message?.content ?? []).filter(
    (block) => block.type === "text" && typeof block.text === "string",
  );
  return blocks.length > 0 ? blocks.map((block) => block.text).join("") : null;
}

/** The wire counts input that was cached beside `input_tokens`, and gives no total. */
function usageOf(message: WireResult["message"]): TokenUsage | null {
  const usage = message?.usage;
  if (!usage) return null;
  const cached = usage.cache_read_input_tokens ?? null;
  const inputTokens =
    typeof usage.input_tokens === "number"
      ? usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (cached ?? 0)
      : null;
  const outputTokens = usage.output_tokens ?? null;
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens === null || outputTokens === null ? null : inputTokens + outputTokens,
    cachedTokens: cached,
    reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? null,
  };
}

function errorOf({ error }: WireResult): RequestResult["error"] {
  const inner = error?.error ?? error;
  return { code: inner?.type || null, message: inner?.message || "Anthropic gave no reason." };
}
