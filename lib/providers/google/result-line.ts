import type { RequestResult } from "#lib/domain/result.ts";
import type { TokenUsage } from "#lib/domain/token-usage.ts";
import { parseJsonObject } from "../wire-values.ts";
import { wireResultLineSchema, type WireResponse } from "./api-types.ts";
import { rpcCodeName } from "./rpc-codes.ts";

const cancelledCode = 1;

/**
 * Reads a line of a result file, or an inlined response written as one. Throws a plain Error with the reason when the line
 * is no result.
 */
export function readGoogleResultLine(line: string): RequestResult {
  const { key, metadata, response, error } = wireResultLineSchema.parse(parseJsonObject(line));
  const customId = key ?? metadata?.key ?? null;
  if (error) {
    const code = error.code ?? null;
    return {
      customId,
      // Requests that were not served before the batch was cancelled come as errors of this code.
      outcome: code === cancelledCode ? "cancelled" : "failed",
      text: null,
      finishReason: null,
      refusal: null,
      usage: response ? usageOf(response) : null,
      error: {
        code: code === null ? error.status || null : rpcCodeName(code),
        message: error.message || "Google gave no reason.",
      },
    };
  }
  if (!response) throw new Error("The line has neither a response nor an error.");
  const candidate = response.candidates?.[0];
  return {
    customId,
    outcome: "succeeded",
    text: textOf(candidate?.content?.parts ?? []),
    finishReason: candidate?.finishReason ?? null,
    refusal: refusalOf(response),
    usage: usageOf(response),
    error: null,
  };
}

/** Reasons to end that mean "withheld": the answer was not cut or finished, it may not be shown. */
const withheld =
  /^(SAFETY|RECITATION|LANGUAGE|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_(SAFETY|PROHIBITED_CONTENT|RECITATION))$/;

function refusalOf({ promptFeedback, candidates }: WireResponse): string | null {
  if (promptFeedback?.blockReason) return promptFeedback.blockReasonMessage || promptFeedback.blockReason;
  const candidate = candidates?.[0];
  if (!candidate?.finishReason || !withheld.test(candidate.finishReason)) return null;
  return candidate.finishMessage || candidate.finishReason;
}

/** The answer without the model's thoughts; null when thinking ate the whole budget. */
function textOf(parts: { text?: string | null; thought?: boolean | null }[]): string | null {
  const texts = parts
    .filter((part) => typeof part.text === "string" && !part.thought)
    .map((part) => part.text);
  return texts.length > 0 ? texts.join("") : null;
}

function usageOf({ usageMetadata: usage, tokenCount }: WireResponse): TokenUsage | null {
  if (!usage) {
    if (tokenCount === null || tokenCount === undefined) return null;
    return {
      inputTokens: tokenCount,
      outputTokens: null,
      totalTokens: tokenCount,
      cachedTokens: null,
      reasoningTokens: null,
    };
  }
  const answer = usage.candidatesTokenCount ?? null;
  const thoughts = usage.thoughtsTokenCount ?? null;
  return {
    inputTokens: usage.promptTokenCount ?? null,
    outputTokens: answer === null && thoughts === null ? null : (answer ?? 0) + (thoughts ?? 0),
    totalTokens: usage.totalTokenCount ?? null,
    cachedTokens: usage.cachedContentTokenCount ?? null,
    reasoningTokens: thoughts,
  };
}
