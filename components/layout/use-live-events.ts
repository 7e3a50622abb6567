"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { LiveConnection, type ConnectionState } from "./live-connection.ts";
import { LiveRefresh } from "./live-refresh.ts";

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

  useEffect(() => {
    const refresh = new LiveRefresh(queryClient);
    refreshRef.current = refresh;
    const live = new LiveConnection({
      open: () => new EventSource(url),
      onEvent: (event) => refresh.accept(event),
      onState: setConnection,
    });
    const stopWatching = watchPage(live);
    return () => {
      stopWatching();
      live.close();
      refresh.stop();
      refreshRef.current = null;
    };
  }, [queryClient, url]);

  const setPaused = useCallback((next: boolean) => {
    setIsPaused(next);
    refreshRef.current?.setPaused(next);
  }, []);

  return { state: isPaused && connection === "connected" ? "paused" : connection, isPaused, setPaused };
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
