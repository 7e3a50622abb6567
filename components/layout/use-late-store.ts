"use client";

import { startTransition, useEffect, useState, useSyncExternalStore } from "react";

const subscribeToNothing = () => () => {};

/**
 * As `useSyncExternalStore`, for what dozens of places on a page show and no server can know: what the server has drawn
 * stays while the page is taken over, and is drawn as the browser knows it in small steps afterwards. At once, it would
 * hold up everything else. `subscribe` and `read` must be the same at every drawing.
 */
export function useLateStore<T extends string | number>(
  subscribe: (listener: () => void) => () => void,
  read: () => T,
  atServer: T,
): T {
  const [first] = useState(() => keepFirst(read, atServer));
  const drawn = useSyncExternalStore(subscribeToNothing, first.inBrowser, first.onServer);
  const [value, setValue] = useState(drawn);
  useEffect(() => {
    startTransition(() => setValue(read()));
    return subscribe(() => setValue(read()));
  }, [subscribe, read]);
  return value;
}

/** Whichever is asked for first stands for both: so what the server has drawn differs in nothing at first. */
function keepFirst<T>(read: () => T, atServer: T): { inBrowser: () => T; onServer: () => T } {
  let first: { value: T } | null = null;
  return {
    inBrowser: () => (first ??= { value: read() }).value,
    onServer: () => (first ??= { value: atServer }).value,
  };
}
