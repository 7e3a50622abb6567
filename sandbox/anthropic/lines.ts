import { asObject, asText, parseJson } from "../http/request.ts";
import { writeAnswer } from "../world/answers.ts";
import type { EndedRow, Inspection, LineInspector } from "../world/dialect.ts";
import type { BatchRecord } from "../world/model.ts";
import { base58 } from "../world/random.ts";
import { judge, type Judgement } from "./judge.ts";

/** Reads the requests of one batch; what can be wrong with them shows only in the results. */
export function anthropicInspector(batch: BatchRecord): LineInspector {
  return {
    inspect(line: Buffer): Inspection {
      const { customId, params } = readLine(line);
      const { error, tokens } = judge(batch, customId, params);
      return { row: { failed: error !== null, tokens } };
    },
    conclude: (summary) => summary,
  };
}

function readLine(line: Buffer): { customId: string; params: Readonly<Record<string, unknown>> } {
  const entry = asObject(parseJson(line.toString("utf8")));
  return { customId: asText(entry?.["custom_id"]) ?? "", params: asObject(entry?.["params"]) ?? {} };
}

/** One line of the results. */
export function anthropicResultLine(batch: BatchRecord, row: EndedRow): string {
  const { customId, params } = readLine(row.line);
  if (row.unserved !== null) {
    const type = row.unserved === "expired" ? "expired" : "canceled";
    return JSON.stringify({ custom_id: customId, result: { type } });
  }
  const judgement = judge(batch, customId, params);
  const { error } = judgement;
  if (error === null) {
    const message = messageOf(params, judgement);
    return JSON.stringify({ custom_id: customId, result: { type: "succeeded", message } });
  }
  const requestId = error.whileRunning ? `workerreq_01${base58(22, judgement.request.key)}` : null;
  const wrapped = {
    type: "error",
    error: { type: error.type, message: error.message, ...(error.whileRunning ? {} : USER_FACING) },
    request_id: requestId,
  };
  return JSON.stringify({ custom_id: customId, result: { type: "errored", error: wrapped } });
}

/** What the API adds to errors that the caller can do something about. */
const USER_FACING = { details: { error_visibility: "user_facing" } };

const REFUSAL_DETAILS = { type: "refusal", category: "general_harms", explanation: "A simulated refusal." };

function messageOf(params: Readonly<Record<string, unknown>>, judgement: Judgement): unknown {
  const { model, answer, request, tokens } = judgement;
  const thinking = {
    type: "thinking",
    thinking: "",
    signature: base58(64, `signature:${request.key}`),
  };
  const text = { type: "text", text: writeAnswer(request, answer) };
  const hasText = answer.textTokens > 0 && !answer.isRefused;
  // Models of 2025 and before report fewer figures.
  const isRecent = model !== null && model.createdAt >= "2026";
  return {
    model: model?.id ?? String(params["model"]),
    id: `msg_01${base58(22, request.key)}`,
    type: "message",
    role: "assistant",
    content: [...(answer.reasoningTokens > 0 ? [thinking] : []), ...(hasText ? [text] : [])],
    stop_reason: answer.isRefused ? "refusal" : answer.isTruncated ? "max_tokens" : "end_turn",
    stop_sequence: null,
    stop_details: answer.isRefused ? REFUSAL_DETAILS : null,
    usage: {
      input_tokens: tokens.input,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: tokens.output,
      ...(isRecent ? { output_tokens_details: { thinking_tokens: tokens.reasoning } } : {}),
      service_tier: "batch",
      inference_geo: isRecent ? "global" : "not_available",
    },
  };
}

const MADE_UP_PROMPTS: readonly string[] = [
  "Describe how a lighthouse lens bends light, in two sentences.",
  "Which spices keep best, and why?",
  "Give a short packing list for a week of cycling.",
  "Explain leap years to a ten-year-old.",
];

/** The line of a made-up request. */
export function anthropicMadeUpLine(batch: BatchRecord, index: number): string {
  const content = `${MADE_UP_PROMPTS[index % MADE_UP_PROMPTS.length]} (question ${index + 1})`;
  const params = { model: batch.model, max_tokens: 1_024, messages: [{ role: "user", content }] };
  return JSON.stringify({ custom_id: `request-${index}`, params });
}
