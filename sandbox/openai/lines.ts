import { asObject, asText, parseJson } from "../http/request.ts";
import type { EndedRow, Inspection, LineInspector } from "../world/dialect.ts";
import type { BatchRecord, InputSummary, ValidationProblem } from "../world/model.ts";
import { openAiIdEnd } from "../world/new-batch.ts";
import { hex, uuid } from "../world/random.ts";
import { answerBody } from "./answer-body.ts";
import { judge } from "./judge.ts";
import { lineJson } from "./line-json.ts";
import { findOpenAiModel } from "./models.ts";

const MAX_REQUESTS = 50_000;

/** The body field that each endpoint cannot do without. */
const REQUIRED_FIELD: Readonly<Record<string, string>> = {
  "/v1/chat/completions": "messages",
  "/v1/responses": "input",
  "/v1/embeddings": "input",
  "/v1/completions": "prompt",
  "/v1/moderations": "input",
  "/v1/images/generations": "prompt",
  "/v1/images/edits": "prompt",
  "/v1/videos": "prompt",
};

export const OPENAI_ENDPOINTS: readonly string[] = Object.keys(REQUIRED_FIELD);

type Finding = Omit<ValidationProblem, "line">;

/** Validates the lines of one batch as the API does after a batch has been created. */
export function openAiInspector(batch: BatchRecord): LineInspector {
  const customIds = new Set<string>();
  let model: string | null = null;
  return {
    inspect(line: Buffer, lineNumber: number): Inspection {
      const entry = asObject(parseJson(line.toString("utf8")));
      const finding = entry === null ? UNPARSABLE : findProblem(batch, entry, customIds, model);
      if (finding !== null) return { problem: { ...finding, line: lineNumber } };
      const body = asObject(entry?.["body"]) ?? {};
      const customId = asText(entry?.["custom_id"]) ?? "";
      customIds.add(customId);
      model ??= asText(body["model"]);
      const { error, tokens } = judge(batch, customId, body);
      return { row: { failed: error !== null, tokens } };
    },
    conclude(summary: InputSummary): InputSummary {
      const resolved = model === null ? null : (findOpenAiModel(model)?.resolvedId ?? model);
      const whole = wholeProblem(batch, summary, model);
      return { ...summary, model: resolved, problems: whole === null ? summary.problems : [whole] };
    },
  };
}

const UNPARSABLE: Finding = {
  code: "invalid_json_line",
  message: "This line is not parseable as valid JSON.",
  param: null,
};

function findProblem(
  batch: BatchRecord,
  entry: Readonly<Record<string, unknown>>,
  customIds: ReadonlySet<string>,
  modelSoFar: string | null,
): Finding | null {
  for (const field of ["custom_id", "method", "url", "body"]) {
    if (entry[field] === undefined || entry[field] === null) return missing(field, field);
  }
  const customId = asText(entry["custom_id"]);
  if (customId === null)
    return { code: "invalid_type", message: "Invalid type for 'custom_id'.", param: "custom_id" };
  if (customIds.has(customId))
    return { code: "duplicate_custom_id", message: duplicate(customId), param: "custom_id" };
  if (entry["method"] !== "POST") {
    return { code: "invalid_value", message: "Invalid value: 'method' must be 'POST'.", param: "method" };
  }
  if (entry["url"] !== batch.endpoint) {
    const message = "The URL provided for this request does not match the batch endpoint.";
    return { code: "invalid_url", message, param: "url" };
  }
  const body = asObject(entry["body"]);
  return body === null ? missing("body", "body") : findBodyProblem(batch, body, modelSoFar);
}

function findBodyProblem(
  batch: BatchRecord,
  body: Readonly<Record<string, unknown>>,
  modelSoFar: string | null,
): Finding | null {
  const model = asText(body["model"]);
  if (model === null || model === "") {
    return { code: "invalid_request", message: "Model parameter is required.", param: "body.model" };
  }
  if (findOpenAiModel(model) === null) {
    const message = `The provided model '${model}' is not supported by the Batch API.`;
    return { code: "model_not_found", message, param: "body.model" };
  }
  if (modelSoFar !== null && model !== modelSoFar) {
    const message =
      `The model '${model}' for this request does not match the rest of the batch. ` +
      "Each batch must contain requests for a single model.";
    return { code: "mismatched_model", message, param: "body.model" };
  }
  if (body["stream"] === true) {
    const message = "Chat Completions: Streaming is not supported in the Batch API.";
    return { code: "streaming_unsupported", message, param: "body.stream" };
  }
  const required = REQUIRED_FIELD[batch.endpoint] ?? "input";
  return body[required] === undefined ? missing(required, `body.${required}`) : null;
}

function missing(name: string, param: string): Finding {
  return { code: "missing_required_parameter", message: `Missing required parameter: '${name}'.`, param };
}

function duplicate(customId: string): string {
  return (
    `The custom_id '${customId}' for this request is a duplicate of another request. ` +
    "The custom_id parameter must be unique for each request in a batch."
  );
}

function wholeProblem(
  batch: BatchRecord,
  summary: InputSummary,
  model: string | null,
): ValidationProblem | null {
  if (summary.problems.length > 0) return null;
  if (summary.requests > MAX_REQUESTS) {
    // The code for too many lines is not documented; this is the name that compatible services use.
    const message = `The batch contains ${summary.requests} requests, which exceeds the maximum of ${MAX_REQUESTS}.`;
    return { code: "too_many_tasks", message, param: null, line: null };
  }
  if (batch.plan.fate !== "fail") return null;
  const message =
    `Enqueued token limit reached for ${model} in organization org-sandbox. Limit: 2,000,000 enqueued tokens. ` +
    "Please try again once some in_progress batches have been completed.";
  return { code: "token_limit_exceeded", message, param: null, line: null };
}

/** One line of the output or of the error file. */
export function openAiResultLine(batch: BatchRecord, row: EndedRow): string {
  const entry = asObject(parseJson(row.line.toString("utf8"))) ?? {};
  const customId = asText(entry["custom_id"]) ?? "";
  const endedAtSeconds = Math.floor(row.endedAtMs / 1_000);
  const key = `${batch.drawKey}:${customId}`;
  const id = `batch_req_${endedAtSeconds.toString(16)}${openAiIdEnd(`line:${key}`)}`;
  if (row.unserved !== null) {
    return lineJson({ id, custom_id: customId, response: null, error: UNSERVED[row.unserved] });
  }
  const body = asObject(entry["body"]) ?? {};
  const judgement = judge(batch, customId, body);
  const { error } = judgement;
  const requestId = batch.endpoint === "/v1/chat/completions" ? hex(32, `request:${key}`) : uuid(key);
  const response =
    error === null
      ? {
          status_code: 200,
          request_id: requestId,
          body: answerBody(batch.endpoint, body, judgement, endedAtSeconds),
        }
      : {
          status_code: error.status,
          request_id: requestId,
          body: { error: { message: error.message, type: error.type, param: error.param, code: error.code } },
        };
  return lineJson({ id, custom_id: customId, response, error: null });
}

const UNSERVED = {
  expired: {
    code: "batch_expired",
    message: "This request could not be executed before the completion window expired.",
  },
  cancelled: {
    code: "batch_cancelled",
    message: "This request was not executed because the batch was cancelled.",
  },
} as const;

const MADE_UP_PROMPTS: readonly string[] = [
  "Explain in three sentences why the sea is salty.",
  "Name two advantages and one drawback of night trains.",
  "How would you teach a child to read a clock?",
  "Summarise the idea of compound interest for a shopkeeper.",
  "What should a visitor know before hiking in the Alps in May?",
];

/** The prompt of a made-up request. */
export function madeUpPrompt(index: number): string {
  return `${MADE_UP_PROMPTS[index % MADE_UP_PROMPTS.length]} (question ${index + 1})`;
}

/** The line of a made-up request. */
export function openAiMadeUpLine(batch: BatchRecord, index: number): string {
  const body = {
    model: batch.model,
    messages: [{ role: "user", content: madeUpPrompt(index) }],
    max_completion_tokens: 1_024,
  };
  return JSON.stringify({ custom_id: `request-${index}`, method: "POST", url: batch.endpoint, body });
}
