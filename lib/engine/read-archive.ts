import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "#lib/domain/errors.ts";
import { archiveFormat, archiveLineSchema, type ArchiveLine } from "#lib/domain/job-set-archive.ts";
import { readLines } from "#lib/providers/json-lines.ts";

const longestLineBytes = 2 * 1024 * 1024;
/** What an archive may hold unpacked: a small file of a hostile maker must not fill the disk. */
const maximumUnpackedBytes = 20 * 1024 * 1024 * 1024;

/**
 * The lines of an archive, checked one by one, its end and its hash included. Throws `AppError("invalid_input")` when the
 * file is no archive, damaged or cut off; a reader must not keep anything before the last line has come.
 */
export async function* readArchive(bytes: AsyncIterable<Uint8Array>): AsyncIterable<ArchiveLine> {
  const hash = createHash("sha256");
  let jobCount = 0;
  let hasEnded = false;
  let isFirst = true;
  for await (const { lineNumber, text, isTooLong } of readLines(unpacked(bytes), longestLineBytes)) {
    if (hasEnded || isTooLong) throw damaged(`line ${lineNumber} does not belong there`);
    const line = parseLine(text, lineNumber);
    if (isFirst !== (line.kind === "header")) throw notAnArchive();
    isFirst = false;
    if (line.kind === "end") {
      if (line.sha256 !== hash.digest("hex") || line.jobCount !== jobCount)
        throw damaged("its hash does not fit");
      hasEnded = true;
      continue;
    }
    hash.update(`${text}\n`);
    if (line.kind === "job") jobCount += 1;
    yield line;
  }
  if (!hasEnded) throw damaged("its end is missing");
}

async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const packed = Readable.from(bytes, { objectMode: false });
  const plain = createGunzip();
  packed.once("error", (error) => plain.destroy(error));
  let sizeBytes = 0;
  try {
    for await (const chunk of packed.pipe(plain)) {
      // A stream without an encoding yields Buffers only.
      const piece = chunk as Buffer;
      sizeBytes += piece.length;
      if (sizeBytes > maximumUnpackedBytes)
        throw new AppError("limit", "This archive holds more than 20 GB.");
      yield piece;
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_DATA_ERROR") throw notAnArchive();
    if (code === "Z_BUF_ERROR") throw damaged("it is cut off");
    throw error;
  } finally {
    packed.destroy();
  }
}

function parseLine(text: string, lineNumber: number): ArchiveLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(`line ${lineNumber} is not JSON`);
  }
  const parsed = archiveLineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path = [], message = "" } = parsed.error.issues[0] ?? {};
  throw damaged(`line ${lineNumber}, ${path.join(".") || "kind"}: ${message}`);
}

function notAnArchive(): AppError {
  return new AppError("invalid_input", `This file is not an archive of a job set (${archiveFormat}, gzip).`);
}

function damaged(where: string): AppError {
  return new AppError(
    "invalid_input",
    `This archive is damaged or of another version: ${where}. Nothing was imported.`,
  );
}
