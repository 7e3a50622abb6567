import { asArray, asNumber, asObject, asText } from "../http/request.ts";
import {
  estimateTokens,
  FAIL_MARKER,
  planAnswer,
  type AnswerPlan,
  type AnswerRequest,
} from "../world/answers.ts";
import type { BatchRecord, TokenSum } from "../world/model.ts";
import { happens, randomOf } from "../world/random.ts";
import { findAnthropicModel, type AnthropicModel } from "./models.ts";
import { problemOfParameters, type Params } from "./parameters.ts";

/** The error of one request, as `result.error.error` holds it. */
export interface LineError {
  readonly type: string;
  readonly message: string;
  /** Whether it happened while the request ran, rather than while its parameters were checked. */
  readonly whileRunning: boolean;
}

/** How one request ends: a function of batch, custom id and parameters, so that it need not be stored. */
export interface Judgement {
  readonly model: AnthropicModel | null;
  readonly error: LineError | null;
  readonly tokens: TokenSum;
  readonly request: AnswerRequest;
  readonly answer: AnswerPlan;
}

/** Decides how a request ends. */
export function judge(batch: BatchRecord, customId: string, params: Params): Judgement {
  const prompt = promptText(params);
  const model = findAnthropicModel(String(params["model"]));
  const request: AnswerRequest = {
    key: `${batch.drawKey}:${customId}`,
    prompt,
    maxTokens: asNumber(params["max_tokens"]),
    reasons: (model?.thinks ?? false) && asObject(params["thinking"])?.["type"] !== "disabled",
  };
  const answer = planAnswer(request);
  return {
    model,
    error: badParams(batch, params, model) ?? chance(batch, customId, prompt),
    tokens: {
      input: inputTokens(params),
      output: answer.textTokens + answer.reasoningTokens,
      reasoning: answer.reasoningTokens,
    },
    request,
    answer,
  };
}

/** Parameters are looked at only while a request is processed; a bad one is an error of that request alone. */
function badParams(batch: BatchRecord, params: Params, model: AnthropicModel | null): LineError | null {
  const occasion = { place: "batch", version: batch.apiVersion, betas: batch.betas } as const;
  const problem = problemOfParameters(params, model, occasion);
  return problem === null ? null : { ...problem, whileRunning: false };
}

function chance(batch: BatchRecord, customId: string, prompt: string): LineError | null {
  const key = `fail:${batch.drawKey}:${customId}`;
  if (prompt.includes(FAIL_MARKER)) return LINE_ERRORS[0];
  return happens(key, batch.plan.failRate) ? randomOf(key).pick(LINE_ERRORS) : null;
}

const LINE_ERRORS: readonly [LineError, ...LineError[]] = [
  { type: "api_error", message: "Internal server error", whileRunning: true },
  { type: "overloaded_error", message: "Overloaded", whileRunning: true },
  {
    type: "invalid_request_error",
    message: "messages: Could not process the content.",
    whileRunning: false,
  },
];

/** The estimate that `count_tokens` gives and that answers report as `input_tokens`. */
export function inputTokens(params: Params): number {
  const messages = asArray(params["messages"]) ?? [];
  return estimateTokens(promptText(params)) + messages.length * 4 + 4;
}

function promptText(params: Params): string {
  const messages = asArray(params["messages"]) ?? [];
  const texts = [params["system"], ...messages.map((message) => asObject(message)?.["content"])];
  return texts
    .map(contentText)
    .filter((text) => text.length > 0)
    .join("\n");
}

function contentText(content: unknown): string {
  const text = asText(content);
  if (text !== null) return text;
  return (asArray(content) ?? []).map((block) => asText(asObject(block)?.["text"]) ?? "").join("\n");
}
