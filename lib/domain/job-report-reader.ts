import { readJobReport, type JobReport } from "./job-report.ts";
import type { ProviderId } from "./provider-id.ts";

/** What one stretch of a report file turned out to be; lines count from 1. */
export type ReadReport =
  | { kind: "report"; lineNumber: number; report: JobReport }
  | { kind: "bad"; lineNumber: number; reason: string };

const longestReportCharacters = 20_000;

/**
 * Reads report files line by line: one object a line, several objects on a line, objects printed over many lines one
 * after another, or an array of objects. What cannot be read is told with line and reason and never takes the reports
 * around it along: a cut-off object ends where the next line begins one.
 */
export class JobReportReader {
  private readonly fallbackProvider: ProviderId | null;
  private pending: { lineNumber: number; text: string } | null = null;

  constructor(options: { fallbackProvider?: ProviderId | null } = {}) {
    this.fallbackProvider = options.fallbackProvider ?? null;
  }

  /** Takes the next line, without its end; returns what is complete by now. */
  add(lineNumber: number, line: string): ReadReport[] {
    const text = lineNumber === 1 && line.startsWith("\uFEFF") ? line.slice(1) : line;
    const read: ReadReport[] = [];
    if (this.pending !== null && text.startsWith("{")) read.push(...this.finish());
    if (this.pending === null) {
      this.scan(lineNumber, text, read);
    } else {
      const { lineNumber: start, text: before } = this.pending;
      this.pending = null;
      this.scan(start, `${before}\n${text}`, read);
    }
    return read;
  }

  /** Call at the end of the file: an object that was cut off there is told. */
  finish(): ReadReport[] {
    if (this.pending === null) return [];
    const { lineNumber } = this.pending;
    this.pending = null;
    return [{ kind: "bad", lineNumber, reason: "This object is cut off: its closing brace is missing." }];
  }

  private scan(lineNumber: number, text: string, read: ReadReport[]): void {
    let rest = text;
    let line = lineNumber;
    for (;;) {
      const gap = /^[\s,[\]]*/.exec(rest)?.[0] ?? "";
      line += countLineEnds(gap);
      rest = rest.slice(gap.length);
      if (rest === "") return;
      const end = rest.startsWith("{") ? endOfObject(rest) : null;
      if (rest.startsWith("{") && end === null) {
        this.keepPending(line, rest, read);
        return;
      }
      if (end === null) {
        read.push({ kind: "bad", lineNumber: line, reason: "This is not a JSON object." });
        return;
      }
      const object = rest.slice(0, end);
      read.push(this.readObject(line, object));
      line += countLineEnds(object);
      rest = rest.slice(end);
    }
  }

  private keepPending(lineNumber: number, text: string, read: ReadReport[]): void {
    if (text.length > longestReportCharacters) {
      read.push({ kind: "bad", lineNumber, reason: "This object is longer than any report." });
    } else {
      this.pending = { lineNumber, text };
    }
  }

  private readObject(lineNumber: number, text: string): ReadReport {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { kind: "bad", lineNumber, reason: "This is not valid JSON." };
    }
    const reading = readJobReport(value, this.fallbackProvider);
    return reading.ok
      ? { kind: "report", lineNumber, report: reading.report }
      : { kind: "bad", lineNumber, reason: reading.reason };
  }
}

/** Where the object at the start of the text ends; null when it does not end in it. Braces in strings do not count. */
function endOfObject(text: string): number | null {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') {
      isInString = true;
    } else if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return null;
}

function countLineEnds(text: string): number {
  return text.split("\n").length - 1;
}
