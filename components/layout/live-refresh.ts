import type { QueryClient } from "@tanstack/react-query";
import type { LiveEvent } from "#lib/domain/live-event.ts";
import { staleTopicsOf, topicOf } from "./query-keys.ts";

/** However many events arrive, reading takes at most a fifth of the time, and no topic is read more often than this. */
const shortestIntervalMilliseconds = 200;
const longestIntervalMilliseconds = 1000;
const intervalsPerRead = 5;

/**
 * Turns live events into refetches. A query that is being read when an event arrives is read once more afterwards:
 * its answer may be older than the event. While paused, queries only become stale.
 */
export class LiveRefresh {
  readonly #queryClient: QueryClient;
  #staleTopics = new Set<string>();
  #isAllStale = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isPaused = false;

  constructor(queryClient: QueryClient) {
    this.#queryClient = queryClient;
  }

  accept(event: LiveEvent): void {
    const topics = staleTopicsOf(event);
    if (topics === null) this.#isAllStale = true;
    else topics.forEach((topic) => this.#staleTopics.add(topic));
    if (this.#timer === null) this.#flush();
  }

  /** While paused nothing on screen changes; on resume everything stale is read. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (!isPaused) void this.#queryClient.refetchQueries({ type: "active", stale: true });
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #flush(): void {
    const topics = this.#staleTopics;
    const isAllStale = this.#isAllStale;
    this.#staleTopics = new Set();
    this.#isAllStale = false;
    const startedAt = performance.now();
    const read = this.#queryClient.invalidateQueries({
      refetchType: this.#isPaused ? "none" : "active",
      predicate: (query) => {
        const topic = topicOf(query.queryKey);
        if (!isAllStale && !topics.has(topic)) return false;
        if (query.state.fetchStatus !== "fetching") return true;
        this.#staleTopics.add(topic);
        return false;
      },
    });
    const timer = this.#flushAfter(longestIntervalMilliseconds);
    void read.then(() => {
      if (this.#timer !== timer) return;
      clearTimeout(timer);
      const took = performance.now() - startedAt;
      const interval = Math.max(shortestIntervalMilliseconds, intervalsPerRead * took);
      this.#flushAfter(Math.min(longestIntervalMilliseconds, interval) - took);
    });
  }

  #flushAfter(milliseconds: number): ReturnType<typeof setTimeout> {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#isAllStale || this.#staleTopics.size > 0) this.#flush();
    }, milliseconds);
    return this.#timer;
  }
}
