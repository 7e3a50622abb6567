type Interval = { timer: ReturnType<typeof setTimeout>; next: (() => Promise<void>) | null };

/**
 * Lets the first call of a key through at once; all that come within the interval after it share one more call at its
 * end, for which nobody waits. Many submissions that settle side by side hasten the same poll.
 */
export class OncePerInterval {
  readonly #intervalMs: number;
  readonly #onError: (error: Error) => void;
  readonly #intervals = new Map<string, Interval>();

  /** `onError` hears of later calls that fail; the first one rejects to its caller. */
  constructor(intervalMs: number, onError: (error: Error) => void) {
    this.#intervalMs = intervalMs;
    this.#onError = onError;
  }

  async run(key: string, call: () => Promise<void>): Promise<void> {
    const interval = this.#intervals.get(key);
    if (interval) interval.next = call;
    else await this.#start(key, call);
  }

  /** Drops the calls that are still to come. */
  stop(): void {
    for (const { timer } of this.#intervals.values()) clearTimeout(timer);
    this.#intervals.clear();
  }

  #start(key: string, call: () => Promise<void>): Promise<void> {
    const timer = setTimeout(() => {
      const next = this.#intervals.get(key)?.next;
      this.#intervals.delete(key);
      if (next) this.#start(key, next).catch(this.#onError);
    }, this.#intervalMs);
    timer.unref();
    this.#intervals.set(key, { timer, next: null });
    return call();
  }
}
