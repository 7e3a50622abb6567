import type { ProviderId } from "./provider-id.ts";

export const launchLimits = {
  lanesPerSet: 20,
  jobsPerSet: 10_000,
  requestsPerJob: 50_000,
  requestsPerSet: 1_000_000,
  maxOutputTokens: 128_000,
  promptsPerSet: 100_000,
  promptLength: 100_000,
  nameLength: 120,
  notesLength: 2_000,
} as const;

export const defaultTimeOutHours = 24;

/** How long each provider works on a batch before it expires it: a longer time-out of ours would never come. */
export const longestTimeOutHours: Record<ProviderId, number> = { openai: 24, google: 48, anthropic: 24 };
