/** A string that says something, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/**
 * `retry-after-ms` or `retry-after` in seconds; null when the answer has neither. A date is taken against the answer's own
 * `date`, so that our clock plays no part.
 */
export function retryAfterSecondsOf(headers: Headers | undefined): number | null {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (milliseconds >= 0) return milliseconds / 1000;
  const header = headers?.get("retry-after") ?? "";
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header);
  const seconds = (Date.parse(header) - Date.parse(headers?.get("date") ?? "")) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
