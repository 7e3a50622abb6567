import type { ProviderJob } from "#lib/providers/provider.ts";
import type { Random } from "./back-off.ts";

const shortestSeconds = 1;
const longestSeconds = 120;
/** The provider says that it is finishing or cancelling: the end is a matter of seconds or minutes. */
const endingSeconds = 5;

export type CheckFacts = {
  ageSeconds: number;
  /** Seconds until the likely end, counted from now; null when nothing is known about it. */
  remainingSeconds: number | null;
  isEnding: boolean;
};

/**
 * Seconds until a running job is looked at again, with ±20 % jitter: a twentieth of its age, so quick while it is
 * young and slow in the long tail; at most a quarter of what is left until its likely end, and every few seconds when
 * it is ending. Between 1 second and 2 minutes.
 */
export function checkIntervalSeconds(
  { ageSeconds, remainingSeconds, isEnding }: CheckFacts,
  random: Random = Math.random,
): number {
  const nearEnd =
    remainingSeconds === null ? longestSeconds : Math.max(remainingSeconds / 4, ageSeconds / 100);
  const wanted = Math.min(ageSeconds / 20, nearEnd, isEnding ? endingSeconds : longestSeconds);
  const interval = Math.min(longestSeconds, Math.max(shortestSeconds, wanted));
  return interval * (0.8 + 0.4 * random());
}

/**
 * Seconds until a job is likely to end. Its own progress tells best, where the provider counts while it runs; else what
 * jobs like it took (`typicalSeconds`), until it has taken twice that. Null when neither is known.
 */
export function remainingSecondsOf(
  { counts }: Pick<ProviderJob, "counts">,
  ageSeconds: number,
  typicalSeconds: number | null,
): number | null {
  const total = counts.total ?? 0;
  const finished = (counts.succeeded ?? 0) + (counts.failed ?? 0);
  if (total > 0 && finished > 0) return (ageSeconds * Math.max(0, total - finished)) / finished;
  if (typicalSeconds === null || ageSeconds > 2 * typicalSeconds) return null;
  return Math.abs(typicalSeconds - ageSeconds);
}

const endingStatuses = new Set(["finalizing", "cancelling", "canceling"]);

export function isEndingStatus(serviceStatus: string): boolean {
  return endingStatuses.has(serviceStatus);
}
