"use client";

import { useSyncExternalStore } from "react";
import type { TimeZoneChoice } from "../format.ts";
import { storedChoice } from "./stored-choice.ts";

const zoneChoice = storedChoice<TimeZoneChoice>("batchmark.time-zone", ["local", "utc"], "local");

/** The zone that moments are written in: UTC on the server and until the page has loaded, then the user's choice. */
export function useTimeZone(): [TimeZoneChoice, (zone: TimeZoneChoice) => void] {
  const zone = useSyncExternalStore(zoneChoice.subscribe, zoneChoice.read, () => "utc" as const);
  return [zone, zoneChoice.choose];
}
