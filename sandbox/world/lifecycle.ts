import type { BatchRecord } from "./model.ts";
import { WINDOW_MS } from "./turnaround.ts";

/** The phases of every provider's batches; each provider maps them to words of its own. */
export type Phase =
  | "queued"
  | "running"
  | "finalizing"
  | "cancelling"
  | "completed"
  | "failed"
  | "expired"
  | "cancelled";

const TERMINAL: ReadonlySet<Phase> = new Set<Phase>(["completed", "failed", "expired", "cancelled"]);

/** A running batch reports news this often. */
const NEWS_MS = 10_000;

/** A batch at one moment. A time is null while that point of its life lies in the future. */
export interface Moment {
  readonly phase: Phase;
  readonly isTerminal: boolean;
  readonly startedAtMs: number | null;
  readonly finalizingAtMs: number | null;
  readonly cancellingAtMs: number | null;
  readonly endedAtMs: number | null;
  /** When anything about it last changed. */
  readonly updatedAtMs: number;
  /** Requests that have been answered, well or with an error. */
  readonly doneRequests: number;
}

/** The point at which the batch expires unless it has ended before. */
export function expiresAtMs(batch: BatchRecord): number {
  return batch.createdAtMs + WINDOW_MS[batch.provider];
}

/**
 * The state of a batch at a moment: a pure function of its plan, the cancel order and the time. Nothing runs in
 * the background, so a batch goes on through any restart of the sandbox.
 */
export function momentOf(batch: BatchRecord, nowMs: number): Moment {
  const cancelledAtMs = batch.cancelledAtMs;
  if (cancelledAtMs === null || nowMs < cancelledAtMs) return undisturbed(batch, nowMs);
  const before = undisturbed(batch, cancelledAtMs);
  if (before.isTerminal) return undisturbed(batch, nowMs);
  const endsAtMs = cancelledAtMs + batch.plan.cancelMs;
  const ended = nowMs >= endsAtMs;
  return {
    ...before,
    phase: ended ? "cancelled" : "cancelling",
    isTerminal: ended,
    cancellingAtMs: cancelledAtMs,
    endedAtMs: ended ? endsAtMs : null,
    updatedAtMs: ended ? endsAtMs : cancelledAtMs,
  };
}

function undisturbed(batch: BatchRecord, nowMs: number): Moment {
  const { plan, summary } = batch;
  const startAtMs = batch.createdAtMs + plan.queueMs;
  const expiryAtMs = expiresAtMs(batch);
  const base = {
    startedAtMs: null,
    finalizingAtMs: null,
    cancellingAtMs: null,
    endedAtMs: null,
    doneRequests: 0,
  };
  if (nowMs < startAtMs || summary === null) {
    return { ...base, phase: "queued", isTerminal: false, updatedAtMs: batch.createdAtMs };
  }
  if (summary.problems.length > 0) {
    return { ...base, phase: "failed", isTerminal: true, endedAtMs: startAtMs, updatedAtMs: startAtMs };
  }
  const running = { ...base, startedAtMs: startAtMs };
  const failsAtMs = startAtMs + Math.round(plan.workMs * 0.4);
  if (plan.fate === "fail" && nowMs >= failsAtMs && failsAtMs < expiryAtMs) {
    return { ...running, phase: "failed", isTerminal: true, endedAtMs: failsAtMs, updatedAtMs: failsAtMs };
  }
  const workedAtMs = startAtMs + plan.workMs;
  const endsAtMs = workedAtMs + plan.finalizeMs;
  if (plan.fate === "stall" || endsAtMs >= expiryAtMs) {
    const expired = nowMs >= expiryAtMs;
    return {
      ...running,
      phase: expired ? "expired" : "running",
      isTerminal: expired,
      endedAtMs: expired ? expiryAtMs : null,
      updatedAtMs: Math.min(nowMs, expiryAtMs),
      doneRequests: doneRequests(batch, Math.min(nowMs, expiryAtMs)),
    };
  }
  if (nowMs < workedAtMs || plan.fate === "fail") {
    return {
      ...running,
      phase: "running",
      isTerminal: false,
      updatedAtMs: startAtMs + Math.floor((nowMs - startAtMs) / NEWS_MS) * NEWS_MS,
      doneRequests: doneRequests(batch, nowMs),
    };
  }
  const done = { ...running, finalizingAtMs: workedAtMs, doneRequests: summary.requests };
  if (nowMs < endsAtMs) return { ...done, phase: "finalizing", isTerminal: false, updatedAtMs: workedAtMs };
  return { ...done, phase: "completed", isTerminal: true, endedAtMs: endsAtMs, updatedAtMs: endsAtMs };
}

function doneRequests(batch: BatchRecord, nowMs: number): number {
  const requests = batch.summary?.requests ?? 0;
  if (requests === 0) return 0;
  const { plan } = batch;
  const elapsed = (nowMs - batch.createdAtMs - plan.queueMs) / Math.max(plan.workMs, 1);
  const share = Math.min(Math.max(elapsed, 0), 1) ** plan.progressShape;
  const limit = plan.fate === "stall" ? Math.floor(plan.stallAt * requests) : requests - 1;
  return Math.min(Math.floor(share * requests), limit);
}

/** True for phases that nothing leaves. */
export function isTerminalPhase(phase: Phase): boolean {
  return TERMINAL.has(phase);
}
