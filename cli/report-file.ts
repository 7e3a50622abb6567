import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import path from "node:path";
import { AppError, messageOf } from "#lib/domain/errors.ts";
import { formatJobReport, reportFileName, type JobReport } from "#lib/domain/job-report.ts";

const newline = 0x0a;
const latestNames = 60;

/** A report file that is open for writing. Each line is written through at once: what is in it survives the process. */
export type ReportFile = {
  path: string;
  /** Throws `AppError` when the line cannot be written. */
  append(report: JobReport): void;
  close(): void;
};

/** Opens a file for appending. A last line that was cut off is ended first, so that ours stays a line of its own. */
export function appendReportFile(file: string): ReportFile {
  const descriptor = open(file, "a+");
  const { size } = fstatSync(descriptor);
  if (size > 0) {
    const last = Buffer.alloc(1);
    readSync(descriptor, last, 0, 1, size - 1);
    if (last[0] !== newline) write(descriptor, file, "\n");
  }
  return reportFile(descriptor, file);
}

/** Makes a new file `<provider>_job_reports_<time>.jsonl`; a name that is taken makes way for that of the next second. */
export function createReportFile(directory: string, provider: string, now: Date): ReportFile {
  for (let second = 0; ; second += 1) {
    const file = path.join(directory, reportFileName(provider, new Date(now.getTime() + second * 1000)));
    try {
      return reportFile(openSync(file, "ax"), file);
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken || second >= latestNames) throw notWritable(file, error);
    }
  }
}

function reportFile(descriptor: number, file: string): ReportFile {
  return {
    path: file,
    append: (report) => write(descriptor, file, `${formatJobReport(report)}\n`),
    close: () => closeSync(descriptor),
  };
}

function open(file: string, flags: string): number {
  try {
    return openSync(file, flags);
  } catch (error) {
    throw notWritable(file, error);
  }
}

function write(descriptor: number, file: string, text: string): void {
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written);
  } catch (error) {
    throw notWritable(file, error);
  }
}

function notWritable(file: string, error: unknown): AppError {
  return new AppError(
    "invalid_input",
    `The report file ${file} cannot be written: ${messageOf(error)}. Go to another folder, or name a file by --output_file.`,
    { cause: error },
  );
}
