import { csvRecords, detectCsvDelimiter } from "./csv-records.ts";
import type { CsvDelimiter } from "./csv-records.ts";
import { templateVariables } from "./fill-template.ts";
import { PromptCollector, usualPromptColumns } from "./prompt-reading.ts";
import type { PromptReading } from "./prompt-reading.ts";

/**
 * Reads a CSV text with a header row; the separator is found in the header unless `delimiter` names it.
 * The prompts are those of `column`, else of the first usual name in the header, else of the first column; with a
 * template they are the template with each row's values.
 */
export function readCsv(
  text: string,
  noun: string,
  options: { column?: string; delimiter?: CsvDelimiter; template?: string },
): PromptReading {
  const collector = new PromptCollector("csv");
  const records = csvRecords(text, options.delimiter ?? detectCsvDelimiter(text));
  const header = records.next();
  if (header.done === true) return collector.finish(noun, { columns: [], column: null });
  if (header.value.fields === null) {
    collector.report(header.value.line, `The header cannot be read. ${header.value.problem}`);
    return collector.finish(noun, { columns: [], column: null });
  }
  const columns = distinctNames(header.value.fields);
  const index = columnIndex(columns, options.column);
  const column = columns[index] ?? null;
  if (column === null) {
    collector.report(header.value.line, `There is no column "${options.column}".`);
    return collector.finish(noun, { columns, column });
  }
  const { template } = options;
  const unknown = templateVariables(template ?? "").find((name) => !columns.includes(name));
  if (unknown !== undefined) {
    collector.report(
      null,
      `The template names {${unknown}}. The columns are ${columns.map((name) => `{${name}}`).join(", ")}.`,
    );
    return collector.finish(noun, { columns, column });
  }
  for (const { line, fields, problem } of records) {
    if (collector.isFull) break;
    if (problem !== null) collector.report(line, problem);
    else addRow(collector, { line, fields, columns, index, template });
  }
  return collector.finish(noun, { columns, column });
}

type Row = {
  line: number;
  fields: readonly string[];
  columns: readonly string[];
  index: number;
  template: string | undefined;
};

function addRow(collector: PromptCollector, { line, fields, columns, index, template }: Row): void {
  if (fields.every(isBlank)) {
    // Spreadsheets export rows of nothing but separators; a quoted nothing in an only column is an empty prompt.
    if (fields.length === 1) collector.add(line, "");
    return;
  }
  if (!fields.slice(columns.length).every(isBlank)) {
    collector.report(
      line,
      `This row has ${fields.length} values and the header ${columns.length}. Put quotes around a value that holds the separator.`,
    );
    return;
  }
  if (template !== undefined) {
    collector.addFilled(line, template, (name) => fields[columns.indexOf(name)]);
    return;
  }
  const prompt = fields[index];
  if (prompt === undefined)
    collector.report(line, `This row has no value in the column "${columns[index]}".`);
  else collector.add(line, prompt);
}

function isBlank(value: string): boolean {
  return value.trim() === "";
}

function columnIndex(columns: readonly string[], chosen: string | undefined): number {
  if (chosen !== undefined) return columns.indexOf(chosen);
  const lowered = columns.map((name) => name.toLowerCase());
  const usual = usualPromptColumns.map((name) => lowered.indexOf(name)).find((index) => index !== -1);
  return usual ?? 0;
}

/** Trimmed names that can be told apart: an empty one becomes "column 2", a repeated one gets a number. */
function distinctNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const base = cell.trim() === "" ? `column ${index + 1}` : cell.trim();
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base} (${number})`;
    taken.add(name);
    return name;
  });
}
