import type { BatchRecord, FileRecord, ProviderName, UploadRecord } from "./model.ts";

/** The first time a key was seen: its history is made of this. */
export interface AccountEntry {
  readonly kind: "account";
  readonly provider: ProviderName;
  readonly account: string;
  readonly atMs: number;
  readonly seed: number;
  readonly history: number;
}

/** What the journal holds, one a line; the state of the sandbox is what they say in their order. */
export type Entry =
  | AccountEntry
  | { readonly kind: "batch"; readonly batch: BatchRecord }
  | { readonly kind: "batch-change"; readonly id: string; readonly change: BatchChange }
  | { readonly kind: "file"; readonly file: FileRecord }
  | { readonly kind: "file-deleted"; readonly id: string; readonly atMs: number }
  | { readonly kind: "upload"; readonly upload: UploadRecord }
  | { readonly kind: "upload-ended"; readonly id: string }
  | {
      readonly kind: "sequence";
      readonly provider: ProviderName;
      readonly account: string;
      readonly batchSequence: number;
      readonly fileSequence: number;
    }
  | { readonly kind: "clock"; readonly advanceMs: number };

/** What can change on a batch after its creation. */
export type BatchChange = Partial<
  Pick<BatchRecord, "summary" | "cancelledAtMs" | "deletedAtMs" | "displayName" | "priority">
>;

/** A batch with the fields that journals of earlier versions lack. */
export function completed(batch: BatchRecord): BatchRecord {
  const added: Partial<BatchRecord> = { drawKey: batch.id, betas: [], priority: null };
  return { ...added, ...batch };
}

/** The same entry with its file paths changed; the empty path of an input that was never there stays. */
export function withPaths(entry: Entry, change: (path: string) => string): Entry {
  switch (entry.kind) {
    case "file":
      return { ...entry, file: { ...entry.file, path: change(entry.file.path) } };
    case "upload": {
      const parts = entry.upload.parts.map((part) => ({ ...part, path: change(part.path) }));
      return { ...entry, upload: { ...entry.upload, path: change(entry.upload.path), parts } };
    }
    case "batch": {
      const { input } = entry.batch;
      if (input.kind !== "file" || input.path === "") return entry;
      return { ...entry, batch: { ...entry.batch, input: { kind: "file", path: change(input.path) } } };
    }
    default:
      return entry;
  }
}
