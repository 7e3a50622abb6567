/** Columns aligned by spaces. Numbers and empty cells stand to the right, everything else to the left. */
export function formatTable(columns: string[], rows: string[][]): string {
  const clean = rows.map((row) => columns.map((_name, index) => printable(row[index] ?? "")));
  const widths = columns.map((name, index) =>
    clean.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), name.length),
  );
  const isNumeric = columns.map(
    (_name, index) => clean.length > 0 && clean.every((row) => /^[\d.,]*$/.test(row[index] ?? "")),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return isNumeric[index] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [line(columns), ...clean.map(line)].join("\n");
}

/** Model names and ids come from outside: no control character of theirs may steer the terminal or end a line. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\uFFFD");
}
