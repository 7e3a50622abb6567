import type { ProviderSettings } from "./settings.ts";

/** One answer over HTTP, whatever its status. */
export type SeenResponse = {
  status: number;
  headers: Headers;
  /** By our clock: when the request went out, and when the headers of its answer were here. */
  sentAt: Date;
  receivedAt: Date;
};

/** The fetch that the SDKs are given: the platform's own, with every answer shown to the observer. */
export function observedFetch({
  clock,
  observer,
}: Pick<ProviderSettings, "clock" | "observer">): typeof fetch {
  return async (input, init) => {
    const sentAt = clock.now();
    const response = await fetch(input, init);
    const { status, headers } = response;
    observer?.responded({ status, headers, sentAt, receivedAt: clock.now() });
    return response;
  };
}
