import type { RequestResult } from "#lib/domain/result.ts";
import type { TokenUsage } from "#lib/domain/token-usage.ts";
import { parseJsonObject } from "../wire-values.ts";
import { wireAnswerSchema, wireResultLineSchema, type WireAnswer } from "./api-types.ts";

/**
 * Reads a line of an output or error file. Success is decided by `status_code`: the line's own `error` stays null when the
 * request failed over HTTP. Throws a plain Error with the reason when the line is no result.
 */
export function readOpenAiResultLine(line: string): RequestResult {
  const { custom_id, response, error } = wireResultLineSchema.parse(parseJsonObject(line));
  const customId = custom_id ?? null;
  if (!response) {
    if (!error) throw new Error("The line has neither a response nor an error.");
    return {
      ...emptyResult,
      customId,
      outcome: outcomeOfCode(error.code),
      error: errorOf(error, "No reason given."),
    };
  }
  const answer = wireAnswerSchema.safeParse(response.body).data ?? null;
  const status = response.status_code ?? 0;
  if (status < 200 || status >= 300) {
    const reason = `The request failed with HTTP status ${status}.`;
    return { ...emptyResult, customId, outcome: "failed", error: errorOf(answer?.error ?? error, reason) };
  }
  if (!answer || Object.keys(answer).length === 0) {
    const reason = "The answer has no content.";
    return { ...emptyResult, customId, outcome: "failed", error: errorOf(error, reason) };
  }
  return { ...emptyResult, ...readAnswer(answer), ...failureOf(answer), customId };
}

/** A response can end as failed or cancelled although its HTTP status is 200. */
function failureOf({ status, error }: WireAnswer): Partial<Pick<RequestResult, "outcome" | "error">> {
  if (status !== "failed" && status !== "cancelled") return {};
  return { outcome: status, error: errorOf(error, `The response ended as ${status}.`) };
}

const emptyResult: RequestResult = {
  customId: null,
  outcome: "succeeded",
  text: null,
  finishReason: null,
  refusal: null,
  usage: null,
  error: null,
};

function outcomeOfCode(code: string | null | undefined): RequestResult["outcome"] {
  if (code === "batch_expired") return "expired";
  return code === "batch_cancelled" ? "cancelled" : "failed";
}

function errorOf(
  error: { code?: string | null; type?: string | null; message?: string | null } | null | undefined,
  reason: string,
): RequestResult["error"] {
  return { code: error?.code || error?.type || null, message: error?.message || reason };
}

function readAnswer(answer: WireAnswer): Pick<RequestResult, "text" | "finishReason" | "refusal" | "usage"> {
  const choice = answer.choices?.[0];
  const usage = usageOf(answer);
  if (choice) {
    const content = choice.message?.content;
    const text = Array.isArray(content)
      ? joined(content.map((part) => part.text))
      : (content ?? choice.text ?? null);
    return {
      text,
      finishReason: choice.finish_reason ?? null,
      refusal: choice.message?.refusal ?? null,
      usage,
    };
  }
  const parts = (answer.output ?? []).flatMap((item) =>
    item.type === "message" ? (item.content ?? []) : [],
  );
  return {
    text: joined(parts.map((part) => part.text)),
    finishReason: answer.incomplete_details?.reason ?? answer.status ?? null,
    refusal: joined(parts.map((part) => part.refusal)),
    usage,
  };
}

function joined(texts: (string | null | undefined)[]): string | null {
  const present = texts.filter((text) => typeof text === "string");
  return present.length > 0 ? present.join("") : null;
}

/** Chat counts `prompt` and `completion` tokens, responses `input` and `output`; embeddings have no output at all. */
function usageOf({ usage }: WireAnswer): TokenUsage | null {
  if (!usage) return null;
  const inputDetails = usage.prompt_tokens_details ?? usage.input_tokens_details;
  const outputDetails = usage.completion_tokens_details ?? usage.output_tokens_details;
  return {
    inputTokens: usage.prompt_tokens ?? usage.input_tokens ?? null,
    outputTokens: usage.completion_tokens ?? usage.output_tokens ?? null,
    totalTokens: usage.total_tokens ?? null,
    cachedTokens: inputDetails?.cached_tokens ?? null,
    reasoningTokens: outputDetails?.reasoning_tokens ?? null,
  };
}
