/** A string that says something, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** `retry-after-ms` or `retry-after` in seconds; null when the answer has neither. A date is not read: it needs their clock. */
export function retryAfterSecondsOf(headers: Headers | undefined): number | null {
  const milliseconds = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (milliseconds >= 0) return milliseconds / 1000;
  const header = headers?.get("retry-after") ?? "";
  return /^\d+(\.\d+)?$/.test(header) ? Number(header) : null;
}
