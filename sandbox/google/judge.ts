import { asArray, asNumber, asObject, asText } from "../http/request.ts";
import {
  estimateTokens,
  FAIL_MARKER,
  NO_ANSWER,
  planAnswer,
  type AnswerPlan,
  type AnswerRequest,
} from "../world/answers.ts";
import type { BatchRecord, TokenSum } from "../world/model.ts";
import { happens, randomOf } from "../world/random.ts";
import { field } from "./fields.ts";
import { findGoogleModel, type GoogleModel } from "./models.ts";

type Fields = Readonly<Record<string, unknown>>;

export const EMBED_METHOD = "embedContent";

/** The error of one row: a code of google.rpc and, often, a message. */
export interface RowError {
  readonly code: number;
  readonly message?: string;
}

/** How one request ends: a function of batch, key and request, so that it need not be stored. */
export interface Judgement {
  readonly model: GoogleModel | null;
  readonly error: RowError | null;
  readonly tokens: TokenSum;
  readonly request: AnswerRequest;
  readonly answer: AnswerPlan;
}

/** Decides how a request ends. `rowKey` is its key, or its place where it has none. */
export function judge(batch: BatchRecord, rowKey: string, body: Fields): Judgement {
  const model = findGoogleModel(batch.model ?? "");
  const isEmbedding = batch.endpoint === EMBED_METHOD;
  const prompt = isEmbedding ? partsText(field(body, "content")) : promptText(body);
  const config = asObject(field(body, "generationConfig"));
  const limit = asNumber(field(config, "maxOutputTokens"));
  const budget = asNumber(field(asObject(field(config, "thinkingConfig")), "thinkingBudget"));
  const request: AnswerRequest = {
    key: `${batch.drawKey}:${rowKey}`,
    prompt,
    maxTokens: limit,
    reasons: (model?.thinks ?? false) && budget !== 0,
  };
  const answer = isEmbedding ? NO_ANSWER : withoutRefusal(planAnswer(request));
  return {
    model,
    error: badRequest(body, model, limit, isEmbedding) ?? chance(batch, rowKey, prompt),
    tokens: {
      input: estimateTokens(prompt) + (isEmbedding ? 0 : 2),
      output: answer.textTokens + answer.reasoningTokens,
      reasoning: answer.reasoningTokens,
    },
    request,
    answer,
  };
}

/** A blocked prompt is not answered at all. */
function withoutRefusal(plan: AnswerPlan): AnswerPlan {
  return plan.isRefused ? { ...NO_ANSWER, isRefused: true } : plan;
}

/** What shows only when the row is processed. */
function badRequest(
  body: Fields,
  model: GoogleModel | null,
  limit: number | null,
  isEmbedding: boolean,
): RowError | null {
  const invalid = (message: string): RowError => ({ code: 3, message });
  if (isEmbedding) {
    return field(body, "content") === undefined
      ? invalid("* EmbedContentRequest.content: content is not specified")
      : null;
  }
  const contents = asArray(field(body, "contents")) ?? [];
  if (contents.length === 0) return invalid("* GenerateContentRequest.contents: contents is not specified");
  if (limit !== null && model !== null && limit > model.outputTokenLimit) {
    return invalid(
      `Unable to submit request because it has a maxOutputTokens value of ${limit} but the supported range ` +
        `is from 1 (inclusive) to ${model.outputTokenLimit + 1} (exclusive).`,
    );
  }
  return null;
}

function chance(batch: BatchRecord, rowKey: string, prompt: string): RowError | null {
  const key = `fail:${batch.drawKey}:${rowKey}`;
  if (prompt.includes(FAIL_MARKER)) return ROW_ERRORS[0];
  return happens(key, batch.plan.failRate) ? randomOf(key).pick(ROW_ERRORS) : null;
}

const ROW_ERRORS: readonly [RowError, ...RowError[]] = [
  { code: 13, message: "Internal error encountered." },
  { code: 4, message: "Deadline expired before operation could complete." },
  { code: 14, message: "The model is overloaded. Please try again later." },
  { code: 13 },
];

function promptText(body: Fields): string {
  const contents = asArray(field(body, "contents")) ?? [];
  const texts = [field(body, "systemInstruction"), ...contents].map(partsText);
  return texts.filter((text) => text.length > 0).join("\n");
}

function partsText(content: unknown): string {
  const plain = asText(content);
  if (plain !== null) return plain;
  const parts = asArray(asObject(content)?.["parts"]) ?? [];
  return parts.map((part) => asText(asObject(part)?.["text"]) ?? "").join("\n");
}
