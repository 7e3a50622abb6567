import { randomOf } from "./random.ts";
import type { BatchRecord, ProviderName } from "./model.ts";
import { newBatch } from "./new-batch.ts";

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 14;
/** Batches of the last hours that are made to be still open when the account is first met. */
const OPEN_BATCHES = 6;

export interface HistoryRequest {
  readonly provider: ProviderName;
  readonly account: string;
  readonly seed: number;
  /** When the account was first met; the history lies before it. */
  readonly atMs: number;
  /** How many batches, the open ones not counted. */
  readonly history: number;
}

const MODELS: Readonly<Record<ProviderName, readonly [string, ...string[]]>> = {
  openai: ["gpt-4o-mini", "gpt-4o-mini", "gpt-6-luna", "gpt-5.4-nano"],
  google: [
    "gemini-2.5-flash-lite",
    "gemini-2.5-flash-lite",
    "gemini-3.5-flash-lite",
    "gemini-3.1-flash-lite",
  ],
  anthropic: ["claude-haiku-4-5", "claude-haiku-5-5", "claude-haiku-5-5", "claude-sonnet-5"],
};

/** The past two weeks of an account: the same for the same seed and account, whenever it was first met. */
export function historyOf(request: HistoryRequest): BatchRecord[] {
  if (request.history === 0) return [];
  const batches: BatchRecord[] = [];
  const total = request.history + OPEN_BATCHES;
  for (let index = 0; index < total; index++) batches.push(pastBatch(request, index));
  return batches.sort((left, right) => left.createdAtMs - right.createdAtMs);
}

function pastBatch(request: HistoryRequest, index: number): BatchRecord {
  const key = `${request.seed}:${request.provider}:${request.account}:past:${index}`;
  const random = randomOf(`history:${key}`);
  const isOpen = index >= request.history;
  const ageMs = isOpen
    ? random.between(60_000, 5 * 3_600_000)
    : random.next() * HISTORY_DAYS * DAY_MS + 60_000;
  const requests = Math.min(Math.max(Math.round(random.logNormal(12, 1.1)), 1), 200);
  const createdAtMs = Math.round(request.atMs - ageMs);
  const batch = newBatch({
    provider: request.provider,
    account: request.account,
    scenario: "realistic",
    sequence: 0,
    key,
    origin: "history",
    createdAtMs,
    input: { kind: "made-up", requests },
    model: random.pick(MODELS[request.provider]),
  });
  const cancelled = !isOpen && random.next() < 0.02;
  return {
    ...batch,
    plan: isOpen
      ? { ...batch.plan, fate: "complete", workMs: ageMs + random.between(1, 9) * 3_600_000 }
      : batch.plan,
    cancelledAtMs: cancelled
      ? createdAtMs + batch.plan.queueMs + Math.round(batch.plan.workMs * random.next())
      : null,
  };
}
