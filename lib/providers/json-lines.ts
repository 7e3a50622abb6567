import { messageOf } from "#lib/domain/errors.ts";
import type { RequestResult, ResultLine } from "#lib/domain/result.ts";

/** Longer lines are reported as unreadable; they would have to stand in memory whole to be parsed. */
export const maximumLineBytes = 16 * 1024 * 1024;

const excerptBytes = 1024;
const newline = 0x0a;
const carriageReturn = 0x0d;

export type TextLine = {
  /** From 1, blank lines counted. */
  lineNumber: number;
  offsetBytes: number;
  /** Without the line's end (`\n` or `\r\n`). */
  lengthBytes: number;
  /** Bad UTF-8 reads as U+FFFD. Only the beginning when `isTooLong`. */
  text: string;
  isTooLong: boolean;
};

/**
 * Splits a byte stream at `\n` alone (U+2028 and a lone `\r` stand inside JSON strings legally). The last line needs no
 * end. Never throws on content; holds one line in memory at most, and of a line over `maximumBytes` only its beginning.
 */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  maximumBytes = maximumLineBytes,
): AsyncIterable<TextLine> {
  const pending = new PendingLine(maximumBytes);
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline, start)) {
      pending.add(buffer.subarray(start, end));
      yield pending.take(1);
      start = end + 1;
    }
    if (start < buffer.length) pending.add(buffer.subarray(start));
  }
  if (pending.lengthBytes > 0) yield pending.take(0);
}

/** The line that is being gathered: its pieces until it grows too long, from then on its length alone. */
class PendingLine {
  lengthBytes = 0;
  private pieces: Buffer[] = [];
  private lineNumber = 1;
  private offsetBytes = 0;
  private readonly maximumBytes: number;
  private lastByte = 0;

  constructor(maximumBytes: number) {
    this.maximumBytes = maximumBytes;
  }

  add(piece: Buffer): void {
    if (piece.length === 0) return;
    const wasKept = this.lengthBytes <= this.maximumBytes;
    this.lengthBytes += piece.length;
    this.lastByte = piece.at(-1) ?? 0;
    if (this.lengthBytes <= this.maximumBytes) this.pieces.push(piece);
    else if (wasKept) this.pieces = [this.excerpt(piece)];
  }

  take(endBytes: number): TextLine {
    const hasCarriageReturn = endBytes > 0 && this.lastByte === carriageReturn && this.lengthBytes > 0;
    const lengthBytes = this.lengthBytes - (hasCarriageReturn ? 1 : 0);
    const kept = this.pieces.length === 1 ? this.pieces[0] : Buffer.concat(this.pieces);
    const line: TextLine = {
      lineNumber: this.lineNumber,
      offsetBytes: this.offsetBytes,
      lengthBytes,
      text: kept?.toString("utf8", 0, Math.min(lengthBytes, kept.length)) ?? "",
      isTooLong: this.lengthBytes > this.maximumBytes,
    };
    this.lineNumber += 1;
    this.offsetBytes += this.lengthBytes + endBytes;
    this.lengthBytes = 0;
    this.lastByte = 0;
    this.pieces = [];
    return line;
  }

  private excerpt(nextPiece: Buffer): Buffer {
    const missingBytes = Math.max(
      0,
      excerptBytes - this.pieces.reduce((sum, piece) => sum + piece.length, 0),
    );
    return Buffer.concat([...this.pieces, nextPiece.subarray(0, missingBytes)]).subarray(0, excerptBytes);
  }
}

/**
 * Reads a result file line by line with the provider's own reader. A line that cannot be read is reported with its reason
 * and kept as it is; blank lines count in `lineNumber` and yield nothing.
 */
export async function* readResultLines(
  bytes: AsyncIterable<Uint8Array>,
  readResultLine: (line: string) => RequestResult,
  maximumBytes = maximumLineBytes,
): AsyncIterable<ResultLine> {
  for await (const line of readLines(bytes, maximumBytes)) {
    if (!line.isTooLong && line.text.trim() === "") continue;
    yield resultLineOf(line, readResultLine);
  }
}

function resultLineOf(line: TextLine, readResultLine: (line: string) => RequestResult): ResultLine {
  const { lineNumber, offsetBytes, lengthBytes, text: raw } = line;
  const place = { lineNumber, offsetBytes, lengthBytes, raw };
  if (line.isTooLong) {
    return {
      ...place,
      kind: "unreadable",
      reason: `The line is too long to be read (${lengthBytes} bytes); only its beginning is kept.`,
    };
  }
  try {
    return {
      ...place,
      kind: "result",
      result: readResultLine(raw.startsWith("\uFEFF") ? raw.slice(1) : raw),
    };
  } catch (error) {
    return { ...place, kind: "unreadable", reason: messageOf(error) };
  }
}

/** Passes bytes through and calls `onEnd` with the number of lines that are not blank; a throw from it reaches the reader. */
export async function* countingLines(
  bytes: AsyncIterable<Uint8Array>,
  onEnd: (lineCount: number) => void,
): AsyncIterable<Uint8Array> {
  let lineCount = 0;
  let hasContent = false;
  for await (const chunk of bytes) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline, start)) {
      if (hasContent || !isBlank(buffer, start, end)) lineCount += 1;
      hasContent = false;
      start = end + 1;
    }
    hasContent ||= !isBlank(buffer, start, buffer.length);
    yield chunk;
  }
  onEnd(hasContent ? lineCount + 1 : lineCount);
}

function isBlank(buffer: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) {
    const byte = buffer[index] ?? 0;
    if (byte !== 0x20 && byte !== 0x09 && byte !== carriageReturn) return false;
  }
  return true;
}

/** Passes bytes through and ends them with a newline, so that the next file's first line stays a line of its own. */
export async function* endingWithNewline(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let lastByte = newline;
  for await (const chunk of bytes) {
    lastByte = chunk.at(-1) ?? lastByte;
    yield chunk;
  }
  if (lastByte !== newline) yield new Uint8Array([newline]);
}
