"use client";

import { useSyncExternalStore } from "react";
import type { TimeZoneChoice } from "../format.ts";

const storageKey = "batchmark.time-zone";
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === storageKey) listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

let chosenWithoutStorage: TimeZoneChoice = "local";

function read(): TimeZoneChoice {
  try {
    return window.localStorage.getItem(storageKey) === "utc" ? "utc" : "local";
  } catch {
    // A browser may forbid storage; the choice then lasts as long as the page.
    return chosenWithoutStorage;
  }
}

function choose(zone: TimeZoneChoice): void {
  chosenWithoutStorage = zone;
  try {
    window.localStorage.setItem(storageKey, zone);
  } catch {
    // As above.
  }
  listeners.forEach((notify) => notify());
}

/** The zone that moments are written in: UTC on the server and until the page has loaded, then the user's choice. */
export function useTimeZone(): [TimeZoneChoice, (zone: TimeZoneChoice) => void] {
  const zone = useSyncExternalStore(subscribe, read, () => "utc" as const);
  return [zone, choose];
}
