"use client";

import type { TimeZoneChoice } from "../format.ts";
import { storedChoice } from "./stored-choice.ts";
import { useLateStore } from "./use-late-store.ts";

const zoneChoice = storedChoice<TimeZoneChoice>("batchmark.time-zone", ["local", "utc"], "local");

/** The zone that moments are written in: UTC on the server and until the page has loaded, then the user's choice. */
export function useTimeZone(): [TimeZoneChoice, (zone: TimeZoneChoice) => void] {
  const zone = useLateStore<TimeZoneChoice>(zoneChoice.subscribe, zoneChoice.read, "utc");
  return [zone, zoneChoice.choose];
}
