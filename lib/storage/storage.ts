/** Where result files live. Keys are relative paths of lower-case letters, digits, `-`, `_`, `.` and `/`. */
export interface Storage {
  /**
   * Streams bytes under a temporary name and puts them in place only when all have arrived, so that a key never
   * holds half a file. Rejects with `AppError("limit")` when the disk is full.
   */
  write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<{ sizeBytes: number }>;
  /** Streams a file or a range of it. Rejects with `AppError("not_found")` when the key does not exist. */
  read(key: string, range?: { offsetBytes: number; lengthBytes: number }): AsyncIterable<Uint8Array>;
  /** Size in bytes; null when the key does not exist. */
  sizeBytes(key: string): Promise<number | null>;
  remove(key: string): Promise<void>;
}

/** The raw result file of a job. */
export function rawResultsKey(jobId: string): string {
  return `results/${jobId}.jsonl`;
}
