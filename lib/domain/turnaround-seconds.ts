import type { ProviderTimestamps } from "./job.ts";

/** Seconds from the provider's creation time to its end time, both by its clock; null unless both are known. */
export function turnaroundSecondsOf(
  reported: Pick<ProviderTimestamps, "createdAt" | "endedAt">,
): number | null {
  if (!reported.createdAt || !reported.endedAt) return null;
  return (reported.endedAt.getTime() - reported.createdAt.getTime()) / 1000;
}
