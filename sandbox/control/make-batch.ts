import { z } from "zod";
import { accountOf } from "../http/account.ts";
import type { BatchRecord, Plan, ProviderName } from "../world/model.ts";
import { newBatch } from "../world/new-batch.ts";
import { WINDOW_MS } from "../world/turnaround.ts";
import type { World } from "../world/world.ts";

const HOUR_MS = 3_600_000;

const DEFAULT_MODEL: Readonly<Record<ProviderName, string>> = {
  openai: "gpt-4o-mini",
  google: "gemini-2.5-flash-lite",
  anthropic: "claude-haiku-4-5",
};

const MAX_REQUESTS_PER_CALL = 1_000_000;

const batchFields = z.strictObject({
  provider: z.enum(["openai", "google", "anthropic"]),
  /** The API key whose account gets the batch. */
  key: z.string().min(1),
  state: z.enum([
    "queued",
    "running",
    "finalizing",
    "cancelling",
    "completed",
    "failed",
    "expired",
    "cancelled",
  ]),
  /** How long ago it was created. */
  ageSeconds: z.number().positive().default(600),
  /** Creation to end, for states that have an end; when absent half of its age, and at most half of its window. */
  turnaroundSeconds: z.number().positive().optional(),
  requests: z.int().min(1).max(100_000).default(3),
  /** Share of requests that end as an error. */
  failRate: z.number().min(0).max(1).default(0),
  /** Share of requests that are done, for states in which not all are. */
  progress: z.number().min(0).max(0.99).default(0.5),
  model: z.string().optional(),
  displayName: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  /** That many batches of this kind at once. */
  count: z.int().min(1).max(10_000).optional(),
});

export const batchRequestSchema = batchFields.refine(
  ({ requests, count = 1 }) => requests * count <= MAX_REQUESTS_PER_CALL,
  { error: `requests times count may be at most ${MAX_REQUESTS_PER_CALL} requests` },
);

export type BatchRequest = z.output<typeof batchRequestSchema>;

/** The state cannot be that of a batch of this provider and age. */
export class UnreachableState extends Error {}

/** Makes batches that are in a given state now, with requests that nobody sent, and notes them. */
export function makeBatches(world: World, request: BatchRequest): BatchRecord[] {
  const account = accountOf(request.key);
  world.meet(request.provider, account);
  const batches = Array.from({ length: request.count ?? 1 }, () => makeBatch(world, account, request));
  world.addBatches(batches);
  return batches;
}

function makeBatch(world: World, account: string, request: BatchRequest): BatchRecord {
  const { provider } = request;
  const { sequence, key } = world.nextKey(provider, account);
  const life = lifeOf(request);
  const createdAtMs = Math.round(world.now() - request.ageSeconds * 1_000);
  const model = request.model ?? DEFAULT_MODEL[provider];
  const drawn = newBatch({
    provider,
    account,
    scenario: world.scenario,
    sequence,
    key,
    origin: "control",
    createdAtMs,
    input: { kind: "made-up", requests: request.requests },
    model,
  });
  const batch: BatchRecord = {
    ...drawn,
    plan: {
      ...drawn.plan,
      progressShape: 1,
      failRate: request.failRate,
      cancelEndsSucceeded: false,
      ...life.plan,
    },
    cancelledAtMs: life.cancelAfterMs === null ? null : Math.round(createdAtMs + life.cancelAfterMs),
    displayName: request.displayName ?? drawn.displayName,
    metadata: request.metadata ?? null,
  };
  return { ...batch, summary: world.inputs.readMadeUp(batch) };
}

interface Life {
  readonly plan: Partial<Plan>;
  readonly cancelAfterMs: number | null;
}

function lifeOf(request: BatchRequest): Life {
  const ageMs = request.ageSeconds * 1_000;
  const windowMs = WINDOW_MS[request.provider];
  const endMs =
    request.turnaroundSeconds === undefined
      ? Math.min(ageMs, windowMs) / 2
      : request.turnaroundSeconds * 1_000;
  const isOpen = ["queued", "running", "finalizing", "cancelling"].includes(request.state);
  if (request.state === "expired") {
    if (ageMs < windowMs)
      throw new UnreachableState(`a batch expires only after ${windowMs / HOUR_MS} hours`);
    const stalled: Partial<Plan> = {
      fate: "stall",
      stallAt: request.progress,
      queueMs: 1_000,
      workMs: HOUR_MS,
    };
    return { plan: stalled, cancelAfterMs: null };
  }
  if (isOpen && ageMs >= windowMs) throw new UnreachableState("a batch of this age has ended");
  if (!isOpen && endMs > ageMs) throw new UnreachableState("turnaroundSeconds is longer than ageSeconds");
  if (!isOpen && endMs >= windowMs) throw new UnreachableState("a batch expires before it can end that late");
  return isOpen ? openLife(request, ageMs) : endedLife(request, Math.round(endMs));
}

function openLife({ state, progress }: BatchRequest, ageMs: number): Life {
  const queueMs = Math.round(Math.min(1_000, ageMs / 10));
  const workedMs = ageMs - queueMs;
  const workMs = Math.round(workedMs / Math.max(progress, 0.01));
  const open: Partial<Plan> = { fate: "complete", queueMs, workMs, finalizeMs: 1_000, cancelMs: 10 * 60_000 };
  switch (state) {
    case "queued":
      return { plan: { ...open, queueMs: Math.round(ageMs + HOUR_MS) }, cancelAfterMs: null };
    case "finalizing": {
      const finalizeMs = Math.round(workedMs / 2 + HOUR_MS);
      return { plan: { ...open, workMs: Math.round(workedMs / 2), finalizeMs }, cancelAfterMs: null };
    }
    case "cancelling":
      return { plan: open, cancelAfterMs: ageMs };
    default:
      return { plan: open, cancelAfterMs: null };
  }
}

function endedLife({ state, provider, progress }: BatchRequest, endMs: number): Life {
  const queueMs = Math.round(endMs * 0.1);
  const finalizeMs = Math.round(endMs * 0.05);
  const workMs = endMs - queueMs - finalizeMs;
  const ended: Partial<Plan> = { fate: "complete", queueMs, workMs, finalizeMs };
  if (state === "completed") return { plan: ended, cancelAfterMs: null };
  if (state === "cancelled") {
    const cancelMs = finalizeMs;
    const plan = { ...ended, workMs: Math.round(workMs / Math.max(progress, 0.01)), cancelMs };
    return { plan, cancelAfterMs: endMs - cancelMs };
  }
  switch (provider) {
    case "openai":
      // Whole batches fail at OpenAI only while they are validated.
      return { plan: { fate: "fail", queueMs: endMs }, cancelAfterMs: null };
    case "google":
      return {
        plan: { fate: "fail", queueMs, workMs: Math.round((endMs - queueMs) / 0.4) },
        cancelAfterMs: null,
      };
    case "anthropic":
      throw new UnreachableState("Anthropic has no failed batches; make a completed one with failRate 1");
  }
}
