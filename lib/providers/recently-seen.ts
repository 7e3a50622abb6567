import type { Clock } from "#lib/domain/clock.ts";
import type { ProviderVerb } from "#lib/domain/provider-verbs.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { ProviderJob } from "./provider.ts";
import type { CallWatcher } from "./watch-calls.ts";

/** For so long after the provider named a batch itself, its "not found" is taken for a passing one. */
export const notFoundGraceSeconds = 120;
const rememberedJobs = 10_000;

/**
 * Makes "not found" retryable for a batch that the provider has just created or shown: its own servers may not agree yet.
 * Seen right after creation, between two good polls, and for results right after the end (anthropic-sdk-python#1432).
 * Only this process's own knowledge; whoever keeps jobs over a restart goes by their age.
 */
export class RecentlySeenJobs implements CallWatcher {
  private readonly seenAtMs = new Map<string, number>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  saw({ id }: ProviderJob): void {
    this.seenAtMs.delete(id);
    this.seenAtMs.set(id, this.clock.now().getTime());
    if (this.seenAtMs.size <= rememberedJobs) return;
    const [oldest] = this.seenAtMs.keys();
    if (oldest !== undefined) this.seenAtMs.delete(oldest);
  }

  removed(jobId: string): void {
    this.seenAtMs.delete(jobId);
  }

  failed(verb: ProviderVerb, error: ProviderError, jobId: string | null): ProviderError {
    // It may have been removed, so that the next "not found" means what it says.
    if (verb === "remove" && error.leavesOutcomeUnknown && jobId !== null) this.removed(jobId);
    if (error.kind !== "not_found" || error.httpStatus !== 404 || jobId === null) return error;
    const seenAtMs = this.seenAtMs.get(jobId);
    if (seenAtMs === undefined) return error;
    const ageSeconds = (this.clock.now().getTime() - seenAtMs) / 1000;
    if (ageSeconds > notFoundGraceSeconds) return error;
    const { provider, kind, httpStatus, code, requestId, retryAfterSeconds, cause } = error;
    return new ProviderError(
      `${error.message} It was there ${Math.max(0, Math.round(ageSeconds))} s ago, so this may pass: try again.`,
      { provider, kind, httpStatus, code, requestId, retryAfterSeconds, cause, isRetryable: true },
    );
  }
}
