import { embeddingOf, estimateTokens, writeAnswer } from "../world/answers.ts";
import { asArray, asNumber, asObject } from "../http/request.ts";
import { base62, hex } from "../world/random.ts";
import { imagesBody } from "./image-body.ts";
import type { Judgement } from "./judge.ts";
import { inputsOf } from "./prompts.ts";

type Body = Readonly<Record<string, unknown>>;

/** The body of a successful answer, as the endpoint gives it outside batches too. */
export function answerBody(
  endpoint: string,
  body: Body,
  judgement: Judgement,
  createdSeconds: number,
): unknown {
  switch (endpoint) {
    case "/v1/responses":
      return responsesBody(body, judgement, createdSeconds);
    case "/v1/embeddings":
      return embeddingsBody(body, judgement);
    case "/v1/completions":
      return completionsBody(body, judgement, createdSeconds);
    case "/v1/images/generations":
    case "/v1/images/edits":
      return imagesBody(body, judgement, createdSeconds);
    case "/v1/moderations":
      return moderationsBody(body, judgement);
    default:
      return chatBody(body, judgement, createdSeconds);
  }
}

function modelName(body: Body, judgement: Judgement): string {
  return judgement.model?.resolvedId ?? String(body["model"]);
}

function chatUsage({ tokens }: Judgement): unknown {
  return {
    prompt_tokens: tokens.input,
    completion_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: tokens.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function chatBody(body: Body, judgement: Judgement, created: number): unknown {
  const text = writeAnswer(judgement.request, judgement.answer);
  const said = judgement.answer.isRefused
    ? { content: null, refusal: text }
    : { content: text, refusal: null };
  return {
    id: `chatcmpl-${base62(29, judgement.request.key)}`,
    object: "chat.completion",
    created,
    model: modelName(body, judgement),
    choices: [
      {
        index: 0,
        message: { role: "assistant", ...said, annotations: [] },
        logprobs: null,
        finish_reason: judgement.answer.isTruncated ? "length" : "stop",
      },
    ],
    usage: chatUsage(judgement),
    service_tier: "default",
    system_fingerprint: `fp_${hex(10, modelName(body, judgement))}`,
  };
}

function completionsBody(body: Body, judgement: Judgement, created: number): unknown {
  return {
    id: `cmpl-${base62(29, judgement.request.key)}`,
    object: "text_completion",
    created,
    model: modelName(body, judgement),
    choices: [
      {
        text: writeAnswer(judgement.request, judgement.answer),
        index: 0,
        logprobs: null,
        finish_reason: judgement.answer.isTruncated ? "length" : "stop",
      },
    ],
    usage: chatUsage(judgement),
  };
}

const NO_IMAGE_TOKENS = { image_tokens: 0, text_tokens: 0 };

const NO_TOOL_USAGE = {
  image_gen: {
    input_tokens: 0,
    input_tokens_details: NO_IMAGE_TOKENS,
    output_tokens: 0,
    output_tokens_details: NO_IMAGE_TOKENS,
    total_tokens: 0,
  },
  web_search: { num_requests: 0 },
};

function responsesBody(body: Body, judgement: Judgement, created: number): unknown {
  const { answer, request, tokens } = judgement;
  const start = `${hex(16, request.key)}01`;
  const idOf = (part: string): string =>
    `${start}${created.toString(16)}${hex(24, `${part}:${request.key}`)}`;
  const status = answer.isTruncated ? "incomplete" : "completed";
  const written = writeAnswer(request, answer);
  const text = answer.isRefused
    ? { type: "refusal", refusal: written }
    : { type: "output_text", annotations: [], logprobs: [], text: written };
  const message = { id: `msg_${idOf("msg")}`, type: "message", status, content: [text], role: "assistant" };
  const encrypted = asArray(body["include"])?.includes("reasoning.encrypted_content") === true;
  const reasoning = {
    id: `rs_${idOf("rs")}`,
    type: "reasoning",
    content: [],
    ...(encrypted ? { encrypted_content: `gAAAAA${base62(160, `reasoning:${request.key}`)}` } : {}),
    summary: [],
  };
  const output = [
    ...(answer.reasoningTokens > 0 ? [reasoning] : []),
    ...(answer.textTokens > 0 ? [message] : []),
  ];
  return {
    id: `resp_${idOf("resp")}`,
    object: "response",
    created_at: created,
    status,
    background: false,
    billing: { payer: "developer" },
    completed_at: answer.isTruncated ? null : created + 1,
    error: null,
    frequency_penalty: 0,
    incomplete_details: answer.isTruncated ? { reason: "max_output_tokens" } : null,
    instructions: body["instructions"] ?? null,
    max_output_tokens: body["max_output_tokens"] ?? null,
    max_tool_calls: null,
    model: modelName(body, judgement),
    moderation: null,
    output,
    parallel_tool_calls: true,
    presence_penalty: 0,
    previous_response_id: null,
    prompt_cache_key: null,
    prompt_cache_retention: "in_memory",
    reasoning: {
      context: "current_turn",
      effort: judgement.model?.reasons === true ? "medium" : null,
      mode: "standard",
      summary: null,
      ...asObject(body["reasoning"]),
    },
    safety_identifier: null,
    service_tier: "default",
    store: body["store"] ?? true,
    temperature: 1,
    text: { format: { type: "text" }, verbosity: "medium" },
    tool_choice: "auto",
    tool_usage: NO_TOOL_USAGE,
    tools: [],
    top_logprobs: 0,
    top_p: 1,
    truncation: "disabled",
    usage: {
      input_tokens: tokens.input,
      input_tokens_details: { cache_write_tokens: 0, cached_tokens: 0 },
      output_tokens: tokens.output,
      output_tokens_details: { reasoning_tokens: tokens.reasoning },
      total_tokens: tokens.input + tokens.output,
    },
    user: null,
    metadata: body["metadata"] ?? {},
  };
}

function embeddingsBody(body: Body, judgement: Judgement): unknown {
  const dimensions = asNumber(body["dimensions"]) ?? judgement.model?.dimensions ?? 1_536;
  const asBase64 = body["encoding_format"] === "base64";
  const data = inputsOf(body).map((text, index) => {
    const values = embeddingOf(text, dimensions);
    const embedding = asBase64 ? Buffer.from(new Float32Array(values).buffer).toString("base64") : values;
    return { object: "embedding", embedding, index };
  });
  const tokens = judgement.tokens.input;
  return {
    object: "list",
    data,
    model: modelName(body, judgement),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function moderationsBody(body: Body, judgement: Judgement): unknown {
  const results = inputsOf(body).map((text) => ({
    flagged: false,
    categories: { harassment: false, hate: false, "self-harm": false, sexual: false, violence: false },
    category_scores: {
      harassment: 0.0001,
      hate: 0.0001,
      "self-harm": 0.0001,
      sexual: 0.0001,
      violence: Math.min(estimateTokens(text) / 1e6, 0.01),
    },
  }));
  return { id: `modr-${base62(24, judgement.request.key)}`, model: modelName(body, judgement), results };
}
