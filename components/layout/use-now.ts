"use client";

import { createContext, startTransition, useCallback, useContext } from "react";
import { systemClock } from "#lib/domain/clock.ts";
import { useLateStore } from "./use-late-store.ts";

/** The server's time at the first render, so that server and browser write the same ages until the page has loaded. */
export const ServerNowContext = createContext(0);

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Hundreds of ages on a page must not hold up what somebody does meanwhile.
  timer ??= setInterval(() => startTransition(() => listeners.forEach((notify) => notify())), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** The present, renewed every `stepSeconds`. One timer serves the whole page. */
export function useNow(stepSeconds = 1): Date {
  const serverNow = useContext(ServerNowContext);
  const stepMilliseconds = stepSeconds * 1000;
  const read = useCallback(
    () => Math.floor(systemClock.now().getTime() / stepMilliseconds) * stepMilliseconds,
    [stepMilliseconds],
  );
  return new Date(useLateStore(subscribe, read, serverNow));
}
