import { asArray, asNumber, asObject, asText } from "../http/request.ts";
import { problemOfMessages } from "./messages.ts";
import type { AnthropicModel } from "./models.ts";

export const NEWEST_VERSION = "2026-10-21";
const LONG_OUTPUT_BETA = "output-300k-2026-03-24";
const LONG_OUTPUT_TOKENS = 300_000;

/** The parameters of a Messages call. */
export type Params = Readonly<Record<string, unknown>>;

/** Where the parameters were sent and in which dialect. */
export interface Occasion {
  readonly place: "batch" | "count";
  readonly version: string | null;
  readonly betas: readonly string[];
}

/** What is wrong with parameters, in the words of the API. */
export interface ParameterProblem {
  readonly type: "invalid_request_error" | "not_found_error";
  readonly message: string;
}

/** The first thing wrong with the parameters; null when a model would take them. */
export function problemOfParameters(
  params: Params,
  model: AnthropicModel | null,
  occasion: Occasion,
): ParameterProblem | null {
  const name = asText(params["model"]);
  const early =
    (name === null ? "model: Field required" : null) ??
    problemOfMessages(params["messages"], occasion.version === NEWEST_VERSION) ??
    (occasion.place === "batch" ? (problemOfLimit(params) ?? problemOfBatch(params)) : null) ??
    (occasion.version === NEWEST_VERSION ? problemOfSampling(params) : null);
  if (early !== null) return { type: "invalid_request_error", message: early };
  if (model === null) return { type: "not_found_error", message: `model: ${name}` };
  const late = problemOfModel(params, model, occasion);
  return late === null ? null : { type: "invalid_request_error", message: late };
}

function problemOfLimit(params: Params): string | null {
  if (params["max_tokens"] === undefined) return "max_tokens: Field required";
  const limit = asNumber(params["max_tokens"]);
  if (limit === null || !Number.isInteger(limit)) return "max_tokens: Input should be a valid integer";
  return limit < 1 ? "max_tokens: Input should be greater than or equal to 1" : null;
}

const NOT_IN_BATCHES = [
  "speed",
  "store",
  "previous_thread_event_id",
  "cache_hint",
  "context_hint",
  "fallbacks",
  "research_preview_2026_02",
];

/** What a single call may ask for and a batch may not. */
function problemOfBatch(params: Params): string | null {
  if (params["stream"] === true) return "stream: Streaming is not supported in batch requests.";
  const field = NOT_IN_BATCHES.find((name) => params[name] !== undefined && params[name] !== null);
  if (field !== undefined) return `${field}: Not supported in batch requests.`;
  return asObject(params["billing_policy"])?.["bill_to"] === "user_profile"
    ? "billing_policy.bill_to: 'user_profile' is not supported in batch requests."
    : null;
}

const SAMPLING = ["temperature", "top_p", "top_k"];

function problemOfSampling(params: Params): string | null {
  const field = SAMPLING.find((name) => params[name] !== undefined);
  return field === undefined ? null : `${field}: Extra inputs are not permitted`;
}

function problemOfModel(params: Params, model: AnthropicModel, { place, betas }: Occasion): string | null {
  const limit = place === "batch" ? (asNumber(params["max_tokens"]) ?? 0) : 0;
  const highest =
    model.hasLongOutput && betas.includes(LONG_OUTPUT_BETA) ? LONG_OUTPUT_TOKENS : model.maxTokens;
  if (limit > highest) {
    const named = asText(params["model"]) ?? model.id;
    return `max_tokens: ${limit} > ${highest}, which is the maximum allowed number of output tokens for ${named}`;
  }
  if (!model.isStrict) return null;
  const sampling = SAMPLING.find((name) => params[name] !== undefined);
  if (sampling !== undefined) return `\`${sampling}\` is not supported by this model.`;
  const messages = asArray(params["messages"]) ?? [];
  if (asObject(messages.at(-1))?.["role"] === "assistant") {
    return "This model does not support assistant message prefill. The conversation must end with a user message.";
  }
  const effort = asObject(params["output_config"])?.["effort"];
  const isDisabled = asObject(params["thinking"])?.["type"] === "disabled";
  return isDisabled && (effort === "xhigh" || effort === "max")
    ? `thinking: 'disabled' is not supported at effort '${effort}'.`
    : null;
}
