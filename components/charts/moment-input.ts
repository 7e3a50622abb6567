import type { TimeZoneChoice } from "#components/format.ts";

/** A moment as the value of a `datetime-local` field in the chosen zone; empty for null. */
export function momentToInput(moment: Date | null, zone: TimeZoneChoice): string {
  if (!moment) return "";
  const shown = zone === "utc" ? moment : new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shown.toISOString().slice(0, 16);
}

/** The moment that such a field names; null while it is empty or incomplete. */
export function momentOfInput(text: string, zone: TimeZoneChoice): Date | null {
  if (!/^\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  const moment = new Date(zone === "utc" ? `${text}Z` : text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
