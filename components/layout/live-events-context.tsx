"use client";

import { createContext, useContext, type ReactNode } from "react";
import { useLiveEvents, type LiveEvents } from "./use-live-events.ts";

const LiveEventsContext = createContext<LiveEvents>({
  state: "connecting",
  isPaused: false,
  setPaused: () => {},
});

export function LiveEventsProvider({ children }: { children: ReactNode }) {
  return <LiveEventsContext.Provider value={useLiveEvents()}>{children}</LiveEventsContext.Provider>;
}

/** Whether what is on screen follows the server, and the switch that holds it still. */
export function useLiveState(): LiveEvents {
  return useContext(LiveEventsContext);
}
