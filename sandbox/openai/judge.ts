import { asArray, asNumber, asObject } from "../http/request.ts";
import { FAIL_MARKER, NO_ANSWER, planAnswer, type AnswerPlan, type AnswerRequest } from "../world/answers.ts";
import type { BatchRecord, TokenSum } from "../world/model.ts";
import { happens, randomOf } from "../world/random.ts";
import { imageTokens } from "./image-body.ts";
import { findOpenAiModel, type OpenAiModel } from "./models.ts";
import { inputsOf, promptOf } from "./prompts.ts";

/** The error of one line, as the line's `response.body.error`. */
export interface LineError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** How one request ends: a function of batch, custom id and body, so that it need not be stored. */
export interface Judgement {
  readonly model: OpenAiModel | null;
  readonly error: LineError | null;
  readonly tokens: TokenSum;
  readonly request: AnswerRequest;
  readonly answer: AnswerPlan;
}

const MAX_EMBEDDING_INPUTS = 2_048;

/** Decides how a request ends. */
export function judge(
  batch: BatchRecord,
  customId: string,
  body: Readonly<Record<string, unknown>>,
): Judgement {
  const model = findOpenAiModel(String(body["model"]));
  const isText = model === null || model.kind === "text";
  const prompt = promptOf(isText || model.kind === "image" ? body : { input: inputsOf(body) });
  const limit = asNumber(body["max_completion_tokens"] ?? body["max_output_tokens"] ?? body["max_tokens"]);
  const request: AnswerRequest = {
    key: `${batch.drawKey}:${customId}`,
    prompt: prompt.text,
    maxTokens: limit,
    reasons: (model?.reasons ?? false) && effortOf(body) !== "none",
  };
  const answer = isText ? planAnswer(request) : model.kind === "image" ? imageAnswer(body) : NO_ANSWER;
  return {
    model,
    error: badBody(model, body, limit) ?? chance(batch, customId, prompt.text),
    tokens: {
      input: prompt.tokens,
      output: answer.textTokens + answer.reasoningTokens,
      reasoning: answer.reasoningTokens,
    },
    request,
    answer,
  };
}

function imageAnswer(body: Readonly<Record<string, unknown>>): AnswerPlan {
  return { ...NO_ANSWER, textTokens: imageTokens(body) };
}

function effortOf(body: Readonly<Record<string, unknown>>): unknown {
  return body["reasoning_effort"] ?? asObject(body["reasoning"])?.["effort"];
}

/** What the API refuses line by line, because validation of the batch does not look into the body. */
function badBody(
  model: OpenAiModel | null,
  body: Readonly<Record<string, unknown>>,
  limit: number | null,
): LineError | null {
  const invalid = { status: 400, type: "invalid_request_error" } as const;
  if (model === null) return null;
  if (model.reasons && "max_tokens" in body) {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    return { ...invalid, message, param: "max_tokens", code: "unsupported_parameter" };
  }
  const temperature = body["temperature"];
  if (model.reasons && effortOf(body) !== "none" && typeof temperature === "number" && temperature !== 1) {
    const message =
      `Unsupported value: 'temperature' does not support ${temperature} with this model. ` +
      "Only the default (1) value is supported.";
    return { ...invalid, message, param: "temperature", code: "unsupported_value" };
  }
  const inputs = model.kind === "embedding" ? (asArray(body["input"])?.length ?? 1) : 1;
  if (inputs > MAX_EMBEDDING_INPUTS) {
    const message =
      `Invalid 'input': array too long. Expected an array with maximum length ${MAX_EMBEDDING_INPUTS}, ` +
      `but got an array with length ${inputs} instead.`;
    return { ...invalid, message, param: "input", code: "array_above_max_length" };
  }
  if (limit !== null && limit < 1) {
    const message = `Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got ${limit} instead.`;
    return { ...invalid, message, param: "max_tokens", code: "integer_below_min_value" };
  }
  if (limit !== null && limit > model.maxOutputTokens) {
    const message =
      `max_tokens is too large: ${limit}. This model supports at most ${model.maxOutputTokens} ` +
      `completion tokens, whereas you provided ${limit}.`;
    return { ...invalid, message, param: "max_tokens", code: "invalid_value" };
  }
  return null;
}

function chance(batch: BatchRecord, customId: string, prompt: string): LineError | null {
  const key = `fail:${batch.drawKey}:${customId}`;
  if (prompt.includes(FAIL_MARKER)) return LINE_ERRORS[0];
  return happens(key, batch.plan.failRate) ? randomOf(key).pick(LINE_ERRORS) : null;
}

const LINE_ERRORS: readonly [LineError, ...LineError[]] = [
  {
    status: 500,
    message: "The server had an error processing your request. Sorry about that! You can retry your request.",
    type: "server_error",
    param: null,
    code: null,
  },
  {
    status: 400,
    message: "Invalid prompt: your prompt was flagged as potentially violating our usage policy.",
    type: "invalid_request_error",
    param: null,
    code: "invalid_prompt",
  },
  {
    status: 503,
    message: "The engine is currently overloaded, please try again later.",
    type: "service_unavailable_error",
    param: null,
    code: "server_is_overloaded",
  },
];
