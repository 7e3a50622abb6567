import type { ProviderId } from "#lib/domain/provider-id.ts";

export const gateLimits = { submissionsPerProvider: 40, bytesInFlight: 64 * 1024 * 1024 } as const;

export type Submission = { jobId: string; provider: ProviderId; inputBytes: number };

type Waiting = Submission & { admit: () => void };

/**
 * Lets as many submissions of this process go at once as their sizes allow: 40 small ones for each provider, or one
 * of 200 MB. A rate limit halves a provider's share, each success gives a little of it back.
 */
export class SubmissionGate {
  readonly #inHand = new Set<string>();
  readonly #limits = new Map<ProviderId, number>();
  readonly #running = new Map<ProviderId, number>();
  #bytes = 0;
  #waiting: Waiting[] = [];

  /**
   * Runs `work` when there is room for it, and tells it whether it had to wait. Null when this process has the job in
   * hand already, or was told to stop.
   */
  async run<Result>(
    submission: Submission,
    signal: AbortSignal | undefined,
    work: (hasWaited: boolean) => Promise<Result>,
  ): Promise<Result | null> {
    if (this.#inHand.has(submission.jobId)) return null;
    this.#inHand.add(submission.jobId);
    try {
      const hasWaited = !this.#isRoomFor(submission);
      if (!(await this.#enter(submission, signal))) return null;
      try {
        return await work(hasWaited);
      } finally {
        this.#leave(submission);
      }
    } finally {
      this.#inHand.delete(submission.jobId);
    }
  }

  slowDown(provider: ProviderId): void {
    this.#limits.set(provider, Math.max(1, Math.floor(this.limitOf(provider) / 2)));
  }

  speedUp(provider: ProviderId): void {
    const limit = this.limitOf(provider);
    this.#limits.set(provider, Math.min(gateLimits.submissionsPerProvider, limit + 1 / limit));
  }

  /** How many submissions of this provider may go at once at the moment. */
  limitOf(provider: ProviderId): number {
    return this.#limits.get(provider) ?? gateLimits.submissionsPerProvider;
  }

  #enter(submission: Submission, signal: AbortSignal | undefined): Promise<boolean> {
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        ...submission,
        admit: () => {
          signal?.removeEventListener("abort", giveUp);
          resolve(true);
        },
      };
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        resolve(false);
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiting);
      this.#admitWaiting();
    });
  }

  #leave({ provider, inputBytes }: Submission): void {
    this.#running.set(provider, this.#runningOf(provider) - 1);
    this.#bytes -= inputBytes;
    this.#admitWaiting();
  }

  /** In the order of arrival; a provider at its limit does not hold up the others, a large input does. */
  #admitWaiting(): void {
    const left: Waiting[] = [];
    let isBlockedBySize = false;
    for (const waiting of this.#waiting) {
      const { provider, inputBytes } = waiting;
      if (isBlockedBySize || !this.#isRoomFor(waiting)) {
        if (this.#hasPlace(provider)) isBlockedBySize = true;
        left.push(waiting);
        continue;
      }
      this.#running.set(provider, this.#runningOf(provider) + 1);
      this.#bytes += inputBytes;
      waiting.admit();
    }
    this.#waiting = left;
  }

  #isRoomFor({ provider, inputBytes }: Submission): boolean {
    const fits = this.#bytes === 0 || this.#bytes + inputBytes <= gateLimits.bytesInFlight;
    return fits && this.#hasPlace(provider);
  }

  #hasPlace(provider: ProviderId): boolean {
    return this.#runningOf(provider) < Math.floor(this.limitOf(provider));
  }

  #runningOf(provider: ProviderId): number {
    return this.#running.get(provider) ?? 0;
  }
}
