import type { AccountEntry, BatchChange, Entry } from "./entries.ts";
import type { BatchRecord, FileRecord, ProviderName, UploadRecord } from "./model.ts";

/** A deleted batch is remembered this long, for whoever asks what there was. */
const DELETED_BATCH_LIFE_MS = 30 * 86_400_000;
/** Below this a journal is not worth shortening. */
const MIN_ENTRIES = 1_000;

/** One key at one provider, as far as it outlives a restart. */
export interface AccountState {
  readonly provider: ProviderName;
  readonly id: string;
  readonly met: AccountEntry | null;
  readonly batchSequence: number;
  readonly fileSequence: number;
}

/** Everything that outlives a restart. */
export interface WorldState {
  readonly nowMs: number;
  readonly advancedMs: number;
  readonly accounts: Iterable<AccountState>;
  readonly batches: ReadonlyMap<string, BatchRecord>;
  /** Changes of batches that are made again from the history of their account. */
  readonly historyChanges: ReadonlyMap<string, BatchChange>;
  readonly files: ReadonlyMap<string, FileRecord>;
  readonly uploads: ReadonlyMap<string, UploadRecord>;
  /** Ids of deleted files. */
  readonly gone: ReadonlySet<string>;
  /** Whether a file belongs to a batch, rather than to whoever uploaded it. */
  readonly isBatchFile: (id: string) => boolean;
}

/** The fewest entries that lead to the same state; null when those there are should stay. */
export function shorterJournal(state: WorldState, entryCount: number): Entry[] | null {
  if (entryCount <= MIN_ENTRIES) return null;
  const entries = [...entriesOf(state)];
  return entries.length < entryCount / 2 ? entries : null;
}

function* entriesOf(state: WorldState): Generator<Entry> {
  if (state.advancedMs > 0) yield { kind: "clock", advanceMs: state.advancedMs };
  for (const { provider, id, met, batchSequence, fileSequence } of state.accounts) {
    if (met !== null) yield met;
    yield { kind: "sequence", provider, account: id, batchSequence, fileSequence };
  }
  for (const batch of state.batches.values()) if (batch.origin !== "history") yield { kind: "batch", batch };
  for (const [id, change] of state.historyChanges) yield { kind: "batch-change", id, change };
  for (const file of state.files.values()) if (isKept(file, state.nowMs)) yield { kind: "file", file };
  for (const upload of openUploads(state)) yield { kind: "upload", upload };
  for (const id of state.gone) {
    if (state.isBatchFile(id)) yield { kind: "file-deleted", id, atMs: state.nowMs };
  }
}

/** Files whose bytes are needed: those that can be read, inputs of batches, pieces of uploads. */
export function wantedPaths(state: WorldState): Set<string> {
  const paths = new Set<string>();
  for (const { input, deletedAtMs } of state.batches.values()) {
    if (input.kind === "file" && deletedAtMs === null) paths.add(input.path);
  }
  for (const file of state.files.values()) if (isKept(file, state.nowMs)) paths.add(file.path);
  for (const upload of openUploads(state)) {
    paths.add(upload.path);
    for (const part of upload.parts) paths.add(part.path);
  }
  return paths;
}

/** Whether a batch was deleted so long ago that nobody asks for it. */
export function isForgotten({ deletedAtMs }: BatchRecord, nowMs: number): boolean {
  return deletedAtMs !== null && nowMs >= deletedAtMs + DELETED_BATCH_LIFE_MS;
}

function openUploads({ uploads, nowMs }: WorldState): UploadRecord[] {
  return [...uploads.values()].filter(({ expiresAtMs }) => nowMs < expiresAtMs);
}

function isKept(file: FileRecord, nowMs: number): boolean {
  return file.deletedAtMs === null && (file.expiresAtMs === null || nowMs < file.expiresAtMs);
}
