import type { BatchOrigin, BatchRecord, InputSource, ProviderName, Scenario } from "./model.ts";
import { base36, base58, hex } from "./random.ts";
import { drawPlan } from "./turnaround.ts";

export interface NewBatch {
  readonly provider: ProviderName;
  readonly account: string;
  readonly scenario: Scenario;
  readonly sequence: number;
  /** Plan and answers are drawn from it, so that a run can be repeated at another time; ids from it and the time. */
  readonly key: string;
  readonly origin: BatchOrigin;
  readonly createdAtMs: number;
  readonly input: InputSource;
  readonly model: string | null;
}

/** A batch at its creation, with its whole life drawn; what only one provider knows is added by that provider. */
export function newBatch(request: NewBatch): BatchRecord {
  const { provider, key, createdAtMs } = request;
  const idKey = `${key}:${createdAtMs}`;
  const id = batchId(provider, createdAtMs, idKey);
  return {
    id,
    provider,
    account: request.account,
    drawKey: key,
    sequence: request.sequence,
    origin: request.origin,
    createdAtMs,
    plan: drawPlan({ provider, scenario: request.scenario, key, createdAtMs }),
    input: request.input,
    model: request.model,
    endpoint: provider === "openai" ? "/v1/chat/completions" : "generateContent",
    inputFileId: madeUpInputId(provider, request.input, idKey),
    outputFileId: resultFileId(provider, id, `out:${idKey}`),
    errorFileId: provider === "openai" ? openAiFileId(`err:${idKey}`) : null,
    displayName: request.origin === "api" ? null : `sandbox ${request.origin}`,
    metadata: null,
    outputExpiresAfterSeconds: null,
    priority: null,
    inline: false,
    apiVersion: null,
    betas: [],
    summary: null,
    cancelledAtMs: null,
    deletedAtMs: null,
  };
}

function batchId(provider: ProviderName, createdAtMs: number, key: string): string {
  switch (provider) {
    case "openai":
      return `batch_${Math.floor(createdAtMs / 1_000)
        .toString(16)
        .padStart(8, "0")}${openAiIdEnd(key)}`;
    case "google":
      return base36(36, key);
    case "anthropic":
      return `msgbatch_01${base58(22, key)}`;
  }
}

function madeUpInputId(provider: ProviderName, input: InputSource, key: string): string | null {
  if (input.kind === "file" || provider === "anthropic") return null;
  return provider === "openai" ? openAiFileId(`in:${key}`) : base36(12, `in:${key}`);
}

function resultFileId(provider: ProviderName, batchIdText: string, key: string): string | null {
  switch (provider) {
    case "openai":
      return openAiFileId(key);
    case "google":
      return `batch-${batchIdText}`;
    case "anthropic":
      return null;
  }
}

/** A file id as OpenAI gives them. */
export function openAiFileId(key: string): string {
  return `file-${base58(22, `file:${key}`)}`;
}

/** What follows the time in OpenAI's ids of batches and of their lines: 24 hexadecimal digits, the fifth to eighth fixed. */
export function openAiIdEnd(key: string): string {
  const digits = hex(20, key);
  return `${digits.slice(0, 4)}8190${digits.slice(4)}`;
}
