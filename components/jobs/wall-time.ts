import type { TimeZoneChoice } from "../format.ts";

/** A moment as a `datetime-local` field holds it, to the minute: `2026-11-22T14:05`. */
export function wallTimeOf(moment: Date, zone: TimeZoneChoice): string {
  const offsetMinutes = zone === "utc" ? 0 : moment.getTimezoneOffset();
  return new Date(moment.getTime() - offsetMinutes * 60_000).toISOString().slice(0, 16);
}

/** The moment that such a field means; null when it is empty or half filled. */
export function momentOf(wallTime: string, zone: TimeZoneChoice): Date | null {
  const moment = new Date(zone === "utc" ? `${wallTime}Z` : wallTime);
  return wallTime === "" || Number.isNaN(moment.getTime()) ? null : moment;
}
