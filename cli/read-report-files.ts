import { createReadStream } from "node:fs";
import path from "node:path";
import { AppError, messageOf } from "#lib/domain/errors.ts";
import { newerReport, type JobReport } from "#lib/domain/job-report.ts";
import { JobReportReader, type ReadReport } from "#lib/domain/job-report-reader.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { readLines } from "#lib/providers/json-lines.ts";
import type { Session } from "./session.ts";

const listedBadLines = 20;
const longestLineBytes = 1024 * 1024;

/**
 * The jobs of the given report files, each once: of several reports on a job the newest. Bad lines are told, with file,
 * line and reason, and count as a problem; the good ones around them are used.
 *
 * @param fallbackProvider the provider of lines that name none.
 */
export async function readReportFiles(
  session: Session,
  fallbackProvider: ProviderId | null,
): Promise<Map<string, JobReport>> {
  const reports = new Map<string, JobReport>();
  for (const name of session.stateFiles) {
    const bad: ReadReport[] = [];
    let badCount = 0;
    for await (const read of readReportFile(session, name, fallbackProvider)) {
      if (read.kind === "report") {
        const key = `${read.report.provider}:${read.report.jobId}`;
        const earlier = reports.get(key);
        reports.set(key, earlier ? newerReport(earlier, read.report) : read.report);
      } else {
        badCount += 1;
        if (bad.length < listedBadLines) bad.push(read);
      }
    }
    tellBadLines(session, name, bad, badCount);
  }
  return reports;
}

async function* readReportFile(
  session: Session,
  name: string,
  fallbackProvider: ProviderId | null,
): AsyncIterable<ReadReport> {
  const file = path.resolve(session.directory, name);
  const reader = new JobReportReader({ fallbackProvider });
  try {
    for await (const line of readLines(createReadStream(file), longestLineBytes)) {
      yield* reader.add(line.lineNumber, line.text);
    }
  } catch (error) {
    throw new AppError("invalid_input", `The report file ${file} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  yield* reader.finish();
}

function tellBadLines(session: Session, name: string, bad: ReadReport[], badCount: number): void {
  for (const line of bad) {
    if (line.kind === "bad") session.output.problem(`${name}, line ${line.lineNumber}: ${line.reason}`);
  }
  if (badCount > bad.length) session.output.note(`${name}: and ${badCount - bad.length} more bad lines.`);
}
