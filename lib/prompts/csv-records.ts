/** One record of a CSV text and the line it starts on, or what is wrong there. */
export type CsvRecord =
  | { line: number; fields: string[]; problem: null }
  | { line: number; fields: null; problem: string };

/** The separators that are recognised. */
export type CsvDelimiter = "," | ";" | "\t";

type ParsedRecord = { fields: string[]; end: number };
type ParsedField = { value: string; end: number };

const delimiters: readonly CsvDelimiter[] = [",", ";", "\t"];

/** The separator that stands most often in the first record, outside quotes; a comma when there is none. */
export function detectCsvDelimiter(text: string): CsvDelimiter {
  const counts = new Map<string, number>();
  let isQuoted = false;
  for (const character of text.slice(0, endOfHeader(text))) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const countOf = (delimiter: CsvDelimiter) => counts.get(delimiter) ?? 0;
  return delimiters.reduce((best, candidate) => (countOf(candidate) > countOf(best) ? candidate : best));
}

function endOfHeader(text: string): number {
  let isQuoted = false;
  let hasContent = false;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (character === '"') isQuoted = !isQuoted;
    const isBreak = character === "\n" || character === "\r";
    if (isBreak && hasContent && !isQuoted) return position;
    if (!isBreak) hasContent = true;
  }
  return text.length;
}

/**
 * Yields the records of a CSV text (RFC 4180: quoted values may hold separators, line breaks and doubled quotes),
 * with LF, CRLF or CR between them. Blank lines are left out. A malformed record is a problem on its line, and
 * reading goes on with the next line. A quote inside an unquoted value is taken as it stands.
 */
export function* csvRecords(text: string, delimiter: CsvDelimiter): Generator<CsvRecord> {
  let start = 0;
  let line = 1;
  while (start < text.length) {
    const record = parseRecord(text, start, delimiter);
    const end = typeof record === "string" ? endOfLine(text, start) : record.end;
    if (typeof record === "string") yield { line, fields: null, problem: record };
    else if (text.slice(start, end).trim() !== "") yield { line, fields: record.fields, problem: null };
    line += lineBreaksBetween(text, start, end) + 1;
    start = afterLineBreak(text, end);
  }
}

/** The record and the position of the line break behind it, or a message. */
function parseRecord(text: string, start: number, delimiter: CsvDelimiter): ParsedRecord | string {
  const fields: string[] = [];
  let position = start;
  for (;;) {
    const field =
      text[position] === '"' ? parseQuoted(text, position) : parseUnquoted(text, position, delimiter);
    if (typeof field === "string") return field;
    fields.push(field.value);
    const next = text[field.end];
    if (next === undefined || next === "\n" || next === "\r") return { fields, end: field.end };
    if (next !== delimiter) return "There is text after a closing quote. Write a quote inside a value twice.";
    position = field.end + 1;
  }
}

function parseUnquoted(text: string, start: number, delimiter: CsvDelimiter): ParsedField {
  const stop = delimiter === "," ? /[,\r\n]/g : delimiter === ";" ? /[;\r\n]/g : /[\t\r\n]/g;
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? text.length;
  return { value: text.slice(start, end), end };
}

function parseQuoted(text: string, start: number): ParsedField | string {
  let position = start + 1;
  for (;;) {
    const quote = text.indexOf('"', position);
    if (quote === -1) return "A quote that opens in this row is never closed.";
    if (text[quote + 1] !== '"') {
      return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    position = quote + 2;
  }
}

function endOfLine(text: string, start: number): number {
  const lineBreak = /[\r\n]/g;
  lineBreak.lastIndex = start;
  return lineBreak.exec(text)?.index ?? text.length;
}

function afterLineBreak(text: string, position: number): number {
  return position + (text[position] === "\r" && text[position + 1] === "\n" ? 2 : 1);
}

function lineBreaksBetween(text: string, start: number, end: number): number {
  return text.slice(start, end).match(/\r\n|\n|\r/g)?.length ?? 0;
}
