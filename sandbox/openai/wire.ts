import type { Services } from "../http/endpoint.ts";
import { expiresAtMs, type Moment, type Phase } from "../world/lifecycle.ts";
import type { BatchRecord, FileRecord, TokenSum } from "../world/model.ts";
import type { BatchFileRole } from "../world/world.ts";

const STATUS: Readonly<Record<Phase, string>> = {
  queued: "validating",
  running: "in_progress",
  finalizing: "finalizing",
  cancelling: "cancelling",
  completed: "completed",
  failed: "failed",
  expired: "expired",
  cancelled: "cancelled",
};

export const FILE_LIFE_SECONDS = 2_592_000;

/** Unix seconds by the clock that the provider shows. */
export function wireSeconds(services: Services, atMs: number): number {
  return Math.floor((atMs + services.faults.clockOffsetMs("openai")) / 1_000);
}

/** The batch as the API shows it: every key always there, null where there is nothing. */
export async function wireBatch(services: Services, batch: BatchRecord, endpoint: string): Promise<unknown> {
  const moment = services.world.moment(batch);
  const { phase, isTerminal } = moment;
  const tally = await services.world.results.tally(batch, moment);
  const summary = batch.summary;
  const isValidated = moment.startedAtMs !== null && summary !== null;
  const seconds = (atMs: number | null) => (atMs === null ? null : wireSeconds(services, atMs));
  const endedAs = (wanted: Phase) => (phase === wanted ? seconds(moment.endedAtMs) : null);
  const files = resultFiles(services, batch, moment, tally, endpoint);
  const problems = phase === "failed" ? (summary?.problems ?? []) : [];
  const odd = isTerminal ? null : services.faults.strike("openai", endpoint, ["unknown-status"]);
  return {
    id: batch.id,
    object: "batch",
    endpoint: batch.endpoint,
    model: isValidated ? summary.model : null,
    errors: problems.length === 0 ? null : { object: "list", data: problems },
    input_file_id: batch.inputFileId,
    completion_window: "24h",
    status: odd === null ? STATUS[phase] : (odd.status ?? "awaiting_capacity"),
    output_file_id: files.output,
    error_file_id: files.error,
    created_at: wireSeconds(services, batch.createdAtMs),
    in_progress_at: seconds(moment.startedAtMs),
    expires_at: wireSeconds(services, expiresAtMs(batch)),
    finalizing_at: seconds(moment.finalizingAtMs),
    completed_at: endedAs("completed"),
    failed_at: endedAs("failed"),
    expired_at: endedAs("expired"),
    cancelling_at: seconds(moment.cancellingAtMs),
    cancelled_at: endedAs("cancelled"),
    request_counts: isValidated
      ? { total: summary.requests, completed: tally.succeeded, failed: tally.failed }
      : { total: 0, completed: 0, failed: 0 },
    usage: wireUsage(isTerminal ? tally.tokens : { input: 0, output: 0, reasoning: 0 }),
    metadata: batch.metadata,
  };
}

function wireUsage(tokens: TokenSum): unknown {
  return {
    input_tokens: tokens.input,
    output_tokens: tokens.output,
    total_tokens: tokens.input + tokens.output,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: tokens.reasoning },
  };
}

function resultFiles(
  services: Services,
  batch: BatchRecord,
  moment: Moment,
  tally: { succeeded: number; failed: number; unserved: number },
  endpoint: string,
): { output: string | null; error: string | null } {
  const none = { output: null, error: null };
  if (!hasResults(moment)) return none;
  const ageMs = services.world.now() - (moment.endedAtMs ?? 0);
  if (services.faults.strikeYoung("openai", endpoint, "late-output", { ageMs, defaultSeconds: 30 }))
    return none;
  return {
    output: tally.succeeded > 0 ? batch.outputFileId : null,
    error: tally.failed + tally.unserved > 0 ? batch.errorFileId : null,
  };
}

/** Result files are there once a batch has ended whose requests had started. */
export function hasResults(moment: Moment): boolean {
  return moment.isTerminal && moment.phase !== "failed" && moment.startedAtMs !== null;
}

export interface WireFile {
  readonly id: string;
  readonly purpose: string;
  readonly filename: string;
  readonly sizeBytes: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
}

/** The file as the API shows it. */
export function wireFile(services: Services, file: WireFile): unknown {
  return {
    object: "file",
    id: file.id,
    purpose: file.purpose,
    filename: file.filename,
    bytes: file.sizeBytes,
    created_at: wireSeconds(services, file.createdAtMs),
    expires_at: file.expiresAtMs === null ? null : wireSeconds(services, file.expiresAtMs),
    status: "processed",
    status_details: null,
  };
}

/** An uploaded file. */
export function uploadedFile(file: FileRecord): WireFile {
  return { ...file, filename: file.name ?? "upload" };
}

/** A file that a batch has made; the size is left to be counted, since that means writing it. */
export interface BatchFile extends Omit<WireFile, "sizeBytes"> {
  readonly batch: BatchRecord;
  readonly role: BatchFileRole;
}

/** A file of a batch, or null while it does not exist, no longer exists, or would be empty. */
export async function batchFile(
  services: Services,
  batch: BatchRecord,
  role: BatchFileRole,
): Promise<BatchFile | null> {
  const id =
    role === "input" ? batch.inputFileId : role === "output" ? batch.outputFileId : batch.errorFileId;
  if (id === null || services.world.batchOfFile("openai", batch.account, id) === null) return null;
  const moment = services.world.moment(batch);
  if (role === "input") {
    return {
      id,
      batch,
      role,
      purpose: "batch",
      filename: `${batch.id}_input.jsonl`,
      ...lifeOf(batch.createdAtMs, null),
    };
  }
  if (!hasResults(moment)) return null;
  const tally = await services.world.results.tally(batch, moment);
  if ((role === "output" ? tally.succeeded : tally.failed + tally.unserved) === 0) return null;
  const life = lifeOf(moment.finalizingAtMs ?? moment.endedAtMs ?? 0, batch.outputExpiresAfterSeconds);
  if (services.world.now() >= life.expiresAtMs) return null;
  return { id, batch, role, purpose: "batch_output", filename: `${batch.id}_${role}.jsonl`, ...life };
}

function lifeOf(createdAtMs: number, seconds: number | null): { createdAtMs: number; expiresAtMs: number } {
  return { createdAtMs, expiresAtMs: createdAtMs + (seconds ?? FILE_LIFE_SECONDS) * 1_000 };
}
