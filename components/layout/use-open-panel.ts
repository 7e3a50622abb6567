"use client";

import { useSyncExternalStore } from "react";

/** The panel over the page that the keyboard or a button of the frame has opened. */
export type OpenPanel = "palette" | "help" | null;

let current: OpenPanel = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function open(panel: OpenPanel): void {
  current = panel;
  listeners.forEach((notify) => notify());
}

/** At most one panel is open; the frame's buttons and the keyboard share it. */
export function useOpenPanel(): [OpenPanel, (panel: OpenPanel) => void] {
  const panel = useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
  return [panel, open];
}
