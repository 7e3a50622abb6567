"use client";

import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import type { ConnectionState, LiveConnection } from "./live-connection.ts";
import type { LiveRefresh } from "./live-refresh.ts";

export type LiveState = ConnectionState | "paused";

export type LiveEvents = {
  state: LiveState;
  isPaused: boolean;
  setPaused: (isPaused: boolean) => void;
};

/** A hidden page gives its connection back after this time: browsers allow only six to one host. */
const hiddenGraceMilliseconds = 30_000;

/** Keeps every open query fresh by the server's events. Used once, in the frame; pages read `useLiveState`. */
export function useLiveEvents(url = "/api/events"): LiveEvents {
  const queryClient = useQueryClient();
  const [connection, setConnection] = useState<ConnectionState>("connecting");
  const [isPaused, setIsPaused] = useState(false);
  const refreshRef = useRef<LiveRefresh | null>(null);
  const pausedRef = useRef(false);

  useEffect(() => {
    return loadAndThen(
      () => Promise.all([import("./live-connection.ts"), import("./live-refresh.ts")]),
      ([{ LiveConnection: Connection }, { LiveRefresh: Refresh }]) => {
        const refresh = new Refresh(queryClient);
        refresh.setPaused(pausedRef.current);
        refreshRef.current = refresh;
        const live = new Connection({
          open: () => new EventSource(url),
          onEvent: (event) => refresh.accept(event),
          // At once, it would make React throw away what the server has drawn and whose script is still on its way.
          onState(state) {
            readOnMount(queryClient);
            startTransition(() => setConnection(state));
          },
        });
        const stopWatching = watchPage(live);
        return () => {
          stopWatching();
          live.close();
          refresh.stop();
          refreshRef.current = null;
        };
      },
      () => {
        readOnMount(queryClient);
        setConnection("offline");
      },
    );
  }, [queryClient, url]);

  const setPaused = useCallback((next: boolean) => {
    setIsPaused(next);
    pausedRef.current = next;
    refreshRef.current?.setPaused(next);
  }, []);

  return { state: isPaused && connection === "connected" ? "paused" : connection, isPaused, setPaused };
}

/**
 * The first page is read again when the events begin; every page after it as it comes, because an event between the
 * server's drawing of a page and its arrival finds no query to refresh.
 */
function readOnMount(queryClient: QueryClient): void {
  const { queries } = queryClient.getDefaultOptions();
  queryClient.setDefaultOptions({ queries: { ...queries, refetchOnMount: "always" } });
}

const loadAgainMilliseconds = 5000;

/** Loads what the first sight of a page does not need, as often as it takes. Returns what ends all of it. */
function loadAndThen<Module>(
  load: () => Promise<Module>,
  start: (module: Module) => () => void,
  onFailure: () => void,
): () => void {
  let isOver = false;
  let stop = () => {};
  const attempt = () => {
    load().then(
      (module) => {
        if (!isOver) stop = start(module);
      },
      () => {
        if (isOver) return;
        onFailure();
        const timer = setTimeout(attempt, loadAgainMilliseconds);
        stop = () => clearTimeout(timer);
      },
    );
  };
  attempt();
  return () => {
    isOver = true;
    stop();
  };
}

/** Connects, and follows the network and the visibility of the page. */
function watchPage(live: LiveConnection): () => void {
  let hiddenTimer: ReturnType<typeof setTimeout> | null = null;
  let isSuspended = false;
  const goOnline = () => live.connect();
  const goOffline = () => live.goOffline();
  const onVisibility = () => {
    if (hiddenTimer !== null) clearTimeout(hiddenTimer);
    hiddenTimer = null;
    if (document.hidden) {
      hiddenTimer = setTimeout(() => {
        isSuspended = true;
        live.close();
      }, hiddenGraceMilliseconds);
    } else if (isSuspended) {
      isSuspended = false;
      live.connect();
    }
  };
  window.addEventListener("online", goOnline);
  window.addEventListener("offline", goOffline);
  document.addEventListener("visibilitychange", onVisibility);
  if (navigator.onLine) live.connect();
  else live.goOffline();
  return () => {
    if (hiddenTimer !== null) clearTimeout(hiddenTimer);
    window.removeEventListener("online", goOnline);
    window.removeEventListener("offline", goOffline);
    document.removeEventListener("visibilitychange", onVisibility);
  };
}
