/** Where result files live. Keys are relative paths of lower-case letters, digits, `-`, `_`, `.` and `/`. */
export interface Storage {
  /** For people: "the folder /srv/batchmark/storage", "the bucket results at s3.example.com". */
  readonly place: string;
  /**
   * Streams bytes and puts them in place only when all have arrived, so that a key never holds half a file: what stood
   * there before stays when the stream breaks. Rejects with the stream's own error, with `AppError("limit")` when there
   * is no room, or with `AppError("storage")` when the store cannot be used.
   */
  write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<{ sizeBytes: number }>;
  /** Streams a file or a range of it. Rejects with `AppError("not_found")` when the key does not exist. */
  read(key: string, range?: { offsetBytes: number; lengthBytes: number }): AsyncIterable<Uint8Array>;
  /** Size in bytes; null when the key does not exist. */
  sizeBytes(key: string): Promise<number | null>;
  /** Removing what is not there is fine. */
  remove(key: string): Promise<void>;
  /**
   * Removes what a killed process has left of files that it was writing, as far as nobody has written to it since
   * `before`. Resolves with how much that was.
   */
  removeLeftovers(before: Date): Promise<Leftovers>;
  /** Room that is left; null where nobody can tell. */
  freeBytes(): Promise<number | null>;
}

export type Leftovers = { count: number; sizeBytes: number };

/** The raw result file of a job. */
export function rawResultsKey(jobId: string): string {
  return `results/${jobId}.jsonl`;
}
