import { asNumber, asObject, asText, parseJson } from "../http/request.ts";
import { embeddingOf, writeAnswer } from "../world/answers.ts";
import type { EndedRow, Inspection, LineInspector } from "../world/dialect.ts";
import type { BatchRecord, ValidationProblem } from "../world/model.ts";
import { base64Url } from "../world/random.ts";
import { field, unknownField } from "./fields.ts";
import { EMBED_METHOD, judge, type Judgement } from "./judge.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads the rows of one batch; a row that cannot be parsed refuses the whole batch at creation. */
export function googleInspector(batch: BatchRecord): LineInspector {
  let index = 0;
  return {
    inspect(line: Buffer, lineNumber: number): Inspection {
      const text = line.toString("utf8");
      const row = asObject(parseJson(text));
      const problem = problemOf(row, text, lineNumber, batch.endpoint === EMBED_METHOD);
      if (row === null || problem !== null)
        return { problem: problem ?? malformed(lineNumber, 1, "not an object") };
      const { error, tokens } = judge(batch, rowKey(row, index++), asObject(row["request"]) ?? {});
      return { row: { failed: error !== null, tokens } };
    },
    conclude: (summary) => summary,
  };
}

function problemOf(
  row: Fields | null,
  text: string,
  line: number,
  isEmbedding: boolean,
): ValidationProblem | null {
  if (row === null) return malformed(line, 1, "unexpected token");
  const unknown = unknownField(row, isEmbedding);
  if (unknown !== null)
    return malformed(line, text.indexOf(`"${unknown}"`) + 1, `no such field: '${unknown}'`);
  if (asObject(row["request"]) === null) return malformed(line, 1, "missing field: 'request'");
  return null;
}

function malformed(line: number, column: number, what: string): ValidationProblem {
  const message = `Error on line ${line}: invalid JSON, near column ${column}: ${what}`;
  return { code: "invalid_line", message, param: null, line };
}

/** What ties a row to its answer: its key, or for inline requests whatever stands in their metadata. */
function rowKey(row: Fields, index: number): string {
  const key = asText(row["key"]);
  if (key !== null) return key;
  const metadata = asObject(row["metadata"]);
  return metadata === null ? `row ${index}` : JSON.stringify(metadata);
}

/** One line of the results, or one inline response. */
export function googleResultLine(batch: BatchRecord, row: EndedRow): string {
  const entry = asObject(parseJson(row.line.toString("utf8"))) ?? {};
  const tie = {
    ...(entry["key"] === undefined ? {} : { key: entry["key"] }),
    ...(entry["metadata"] === undefined ? {} : { metadata: entry["metadata"] }),
  };
  if (row.unserved !== null) {
    return JSON.stringify({ error: { code: 1, message: "The operation was cancelled." }, ...tie });
  }
  const body = asObject(entry["request"]) ?? {};
  const judgement = judge(batch, rowKey(entry, row.index), body);
  if (judgement.error !== null) return JSON.stringify({ error: judgement.error, ...tie });
  const isEmbedding = batch.endpoint === EMBED_METHOD;
  return JSON.stringify({
    response: isEmbedding ? embedding(body, judgement) : generated(batch, judgement),
    ...tie,
  });
}

function generated(batch: BatchRecord, judgement: Judgement): unknown {
  const { answer, request, tokens } = judgement;
  const common = {
    modelVersion: (batch.model ?? "").replace(/^models\//, ""),
    responseId: base64Url(22, `response:${request.key}`),
  };
  if (answer.isRefused) {
    const promptTokensDetails = [{ modality: "TEXT", tokenCount: tokens.input }];
    const usageMetadata = {
      promptTokenCount: tokens.input,
      totalTokenCount: tokens.input,
      promptTokensDetails,
    };
    return { promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, usageMetadata, ...common };
  }
  const parts = answer.textTokens > 0 ? { parts: [{ text: writeAnswer(request, answer) }] } : {};
  return {
    candidates: [
      {
        content: { ...parts, role: "model" },
        finishReason: answer.isTruncated ? "MAX_TOKENS" : "STOP",
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: tokens.input,
      ...(answer.textTokens > 0 ? { candidatesTokenCount: answer.textTokens } : {}),
      totalTokenCount: tokens.input + tokens.output,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: tokens.input }],
      ...(answer.reasoningTokens > 0 ? { thoughtsTokenCount: answer.reasoningTokens } : {}),
      serviceTier: "standard",
    },
    ...common,
  };
}

function embedding(body: Fields, { model, request, tokens }: Judgement): unknown {
  const dimensions = asNumber(field(body, "outputDimensionality")) ?? model?.dimensions ?? 3_072;
  return { tokenCount: String(tokens.input), embedding: { values: embeddingOf(request.prompt, dimensions) } };
}

const MADE_UP_PROMPTS: readonly string[] = [
  "What makes bread rise? Answer in two sentences.",
  "List three uses of a barometer.",
  "Tell a short story about a lost umbrella.",
  "Compare paper maps and digital maps.",
  "Why do cats purr?",
];

/** The line of a made-up request. */
export function googleMadeUpLine(_batch: BatchRecord, index: number): string {
  const text = `${MADE_UP_PROMPTS[index % MADE_UP_PROMPTS.length]} (question ${index + 1})`;
  const request = {
    contents: [{ role: "user", parts: [{ text }] }],
    generationConfig: { maxOutputTokens: 1_024 },
  };
  return JSON.stringify({ key: `request-${index}`, request });
}
