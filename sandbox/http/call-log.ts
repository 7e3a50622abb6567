import type { ProviderName } from "../world/model.ts";

/** Calls of one endpoint since the start, by HTTP status; a dropped connection counts as status 0. */
export interface EndpointCalls {
  readonly provider: ProviderName;
  readonly endpoint: string;
  calls: number;
  readonly statuses: Record<string, number>;
  /** The highest `x-stainless-retry-count` seen: 0 means that no official client has retried. */
  maxRetryCount: number;
}

/** Counts calls per endpoint. */
export class CallLog {
  readonly #calls = new Map<string, EndpointCalls>();
  #number = 0;

  /** A number for each call, from which request ids are made. */
  nextNumber(): number {
    return ++this.#number;
  }

  note(provider: ProviderName, endpoint: string, status: number, retryCount: number): void {
    const key = `${provider}:${endpoint}`;
    const entry = this.#calls.get(key) ?? { provider, endpoint, calls: 0, statuses: {}, maxRetryCount: 0 };
    entry.calls++;
    entry.statuses[status] = (entry.statuses[status] ?? 0) + 1;
    entry.maxRetryCount = Math.max(entry.maxRetryCount, retryCount);
    this.#calls.set(key, entry);
  }

  list(): EndpointCalls[] {
    return [...this.#calls.values()].sort((left, right) =>
      `${left.provider}:${left.endpoint}`.localeCompare(`${right.provider}:${right.endpoint}`),
    );
  }

  clear(): void {
    this.#calls.clear();
  }
}
