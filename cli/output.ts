import { formatJobReport, type JobReport } from "#lib/domain/job-report.ts";
import { formatReportTable } from "./report-table.ts";
import { formatTable, printable } from "./text-table.ts";

/** Results go to stdout, everything else to stderr, so that a pipe carries results only. */
export type Output = {
  /** True when stdout is a terminal and JSON was not asked for. */
  readonly isForPeople: boolean;
  /** A report: a JSON line at once, or a row of the table that `endReports` prints. */
  report(report: JobReport): void;
  endReports(): void;
  /** Rows with a heading: a table on a terminal, else values between tabs; with `--json` one object a row. */
  rows(columns: string[], rows: (string | number | boolean | null)[][]): void;
  /** A line of one result. */
  result(text: string, json: unknown): void;
  /** What is being done; on a terminal it stays one line that changes. */
  progress(text: string): void;
  note(text: string): void;
  /** Something failed: the command goes on where it can and ends with exit code 1. */
  problem(text: string): void;
  readonly problemCount: number;
  /** Draws lines in place of those drawn before; on a terminal only. */
  redraw(lines: string[]): void;
  readonly terminalRows: number;
};

const clearLine = "\r\u001B[K";

export function createOutput(options: { asJson: boolean }): Output {
  const isTerminal = process.stdout.isTTY;
  const isForPeople = isTerminal && !options.asJson;
  let problemCount = 0;
  let hasProgressLine = false;
  let drawnLineCount = 0;
  let gathered: JobReport[] = [];
  let isStdoutClosed = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // `| head` closes the pipe; jobs in creation must still be written down.
    if (error.code !== "EPIPE") throw error;
    isStdoutClosed = true;
  });

  const print = (text: string) => {
    if (!isStdoutClosed) process.stdout.write(`${text}\n`);
  };
  const tell = (text: string) => {
    process.stderr.write(`${hasProgressLine ? clearLine : ""}${text}\n`);
    hasProgressLine = false;
    drawnLineCount = 0;
  };

  return {
    isForPeople,
    report(report) {
      if (isForPeople) gathered.push(report);
      else print(formatJobReport(report));
    },
    endReports() {
      if (hasProgressLine) process.stderr.write(clearLine);
      hasProgressLine = false;
      if (isForPeople && gathered.length > 0) print(formatReportTable(gathered));
      gathered = [];
    },
    rows(columns, rows) {
      if (options.asJson) {
        for (const row of rows) {
          print(JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))));
        }
      } else if (isForPeople) {
        print(
          formatTable(
            columns,
            rows.map((row) => row.map((value) => String(value ?? ""))),
          ),
        );
      } else {
        print(columns.join("\t"));
        for (const row of rows) print(row.map((value) => printable(String(value ?? ""))).join("\t"));
      }
    },
    result(text, json) {
      print(isForPeople ? text : JSON.stringify(json));
    },
    progress(text) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`${clearLine}${text}`);
      hasProgressLine = true;
    },
    note: (text) => tell(text),
    problem(text) {
      problemCount += 1;
      tell(`batchmark: ${text}`);
    },
    get problemCount() {
      return problemCount;
    },
    redraw(lines) {
      const up = drawnLineCount > 0 ? `\u001B[${drawnLineCount}A\u001B[J` : "";
      print(`${up}${lines.join("\n")}`);
      drawnLineCount = lines.length;
    },
    get terminalRows() {
      return process.stdout.rows ?? 24;
    },
  };
}
