/**
 * How the requests of one job came out. `null` means that the provider has not said; it is shown as unknown, never as 0.
 * The five parts add up to `total` once a job has ended and all of them are known.
 */
export type OutcomeCounts = {
  total: number | null;
  succeeded: number | null;
  failed: number | null;
  expired: number | null;
  cancelled: number | null;
  unfinished: number | null;
};

export const unknownCounts: OutcomeCounts = {
  total: null,
  succeeded: null,
  failed: null,
  expired: null,
  cancelled: null,
  unfinished: null,
};

/** Some requests succeeded and some did not: the state that "SUCCEEDED" and "FAILED" both hide. */
export function isPartial(counts: OutcomeCounts): boolean {
  const succeeded = counts.succeeded ?? 0;
  const others = (counts.failed ?? 0) + (counts.expired ?? 0) + (counts.cancelled ?? 0);
  return succeeded > 0 && others > 0;
}

/** Ended without a single success although the provider may call it completed. */
export function hasNoSuccess(counts: OutcomeCounts): boolean {
  return counts.succeeded === 0 && (counts.total ?? 0) > 0;
}
