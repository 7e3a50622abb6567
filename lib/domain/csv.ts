export type CsvValue = string | number | boolean | Date | null;

/**
 * One line of a CSV file (RFC 4180) with its line end. Unknown is an empty field; times are ISO 8601. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front, which it shows as text.
 */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(",")}\r\n`;
}

function csvField(value: CsvValue): string {
  if (value === null) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "string") return String(value);
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
