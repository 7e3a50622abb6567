import { unknownCounts } from "#lib/domain/outcome-counts.ts";
import type { ProviderJob } from "#lib/providers/provider.ts";

const createdAt = new Date("2026-11-22T12:00:00Z");

const running: ProviderJob = {
  provider: "openai",
  id: "batch_0",
  name: null,
  model: "gpt-4o-mini",
  serviceStatus: "in_progress",
  hasEnded: false,
  hasResults: false,
  counts: { ...unknownCounts, total: 3, succeeded: 0, failed: 0 },
  timestamps: {
    createdAt,
    startedAt: createdAt,
    finalizingAt: null,
    cancellingAt: null,
    endedAt: null,
    expiresAt: null,
  },
  usage: null,
  failure: null,
  raw: {},
};

/** What a provider says of a batch, in named states. */
export const providerJob = {
  running: (change: Partial<ProviderJob> = {}): ProviderJob => ({ ...running, ...change }),
  completed: (change: Partial<ProviderJob> = {}): ProviderJob => ({
    ...running,
    serviceStatus: "completed",
    hasEnded: true,
    hasResults: true,
    counts: { ...unknownCounts, total: 3, succeeded: 3, failed: 0 },
    timestamps: { ...running.timestamps, endedAt: new Date(createdAt.getTime() + 60_000) },
    ...change,
  }),
};
