const insertBatchSize = 500;

/** Rows in parts that one statement can insert: a statement takes at most 65,535 values. */
export function* inBatches<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += insertBatchSize)
    yield rows.slice(start, start + insertBatchSize);
}
