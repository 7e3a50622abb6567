import { createHash } from "node:crypto";
import { createGzip } from "node:zlib";
import { Readable } from "node:stream";
import { and, asc, eq, gt } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { jobColumns } from "#lib/db/queries/job-columns.ts";
import { jobSets, type JobSetRow } from "#lib/db/schema/job-sets.ts";
import { jobs } from "#lib/db/schema/jobs.ts";
import type { ListedJobRow } from "#lib/db/job-mapper.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { AppError } from "#lib/domain/errors.ts";
import { archiveFormat, archiveVersion, type ArchiveLine } from "#lib/domain/job-set-archive.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { archivedJob, archivedResult } from "./archive-rows.ts";

const rowsPerPage = 500;
const bytesPerLine = 48 * 1024;

type ExportContext = Pick<AppContext, "db" | "storage" | "clock">;

/**
 * A job set with everything that belongs to it as one file, streamed: recipe and seed, own prompts, every job with its
 * moments and counts, the results as rows and as the bytes that the provider sent, each file and the whole with its
 * SHA-256. Throws `AppError("not_found")` for an unknown set. Jobs that are still under way are archived as they stand.
 */
export async function exportJobSet(
  context: ExportContext,
  jobSetId: string,
): Promise<{ name: string; bytes: AsyncIterable<Uint8Array> }> {
  const [jobSet] = await context.db.select().from(jobSets).where(eq(jobSets.id, jobSetId));
  if (!jobSet) throw new AppError("not_found", "There is no such job set.");
  const plain = Readable.from(encodedLines(archiveLines(context, jobSet)), { objectMode: false });
  const zipped = createGzip();
  plain.once("error", (error) => zipped.destroy(error));
  return { name: jobSet.name, bytes: plain.pipe(zipped) };
}

/** Every line with its end, and the last line that proves them all. */
async function* encodedLines(lines: AsyncIterable<ArchiveLine>): AsyncIterable<Buffer> {
  const hash = createHash("sha256");
  let jobCount = 0;
  for await (const line of lines) {
    if (line.kind === "job") jobCount += 1;
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    hash.update(bytes);
    yield bytes;
  }
  const end: ArchiveLine = { kind: "end", jobCount, sha256: hash.digest("hex") };
  yield Buffer.from(`${JSON.stringify(end)}\n`);
}

async function* archiveLines(context: ExportContext, jobSet: JobSetRow): AsyncIterable<ArchiveLine> {
  yield {
    kind: "header",
    format: archiveFormat,
    version: archiveVersion,
    createdAt: context.clock.now().toISOString(),
  };
  const laneRows = await context.db
    .select()
    .from(lanes)
    .where(eq(lanes.jobSetId, jobSet.id))
    .orderBy(asc(lanes.position));
  yield {
    kind: "jobSet",
    ...jobSet,
    launchedAt: jobSet.launchedAt.toISOString(),
    lanes: laneRows.map(({ jobSetId: _set, ...lane }) => lane),
  };
  yield* promptLines(context, jobSet.id);
  for await (const job of jobsOf(context, jobSet.id)) {
    yield archivedJob(job);
    yield* resultLines(context, job.id);
    yield* fileLines(context, job.id);
  }
}

async function* promptLines({ db }: ExportContext, jobSetId: string): AsyncIterable<ArchiveLine> {
  let last = -1;
  for (;;) {
    const rows = await db
      .select({ position: prompts.position, text: prompts.text })
      .from(prompts)
      .where(and(eq(prompts.jobSetId, jobSetId), gt(prompts.position, last)))
      .orderBy(asc(prompts.position))
      .limit(rowsPerPage);
    for (const row of rows) yield { kind: "prompt", ...row };
    if (rows.length < rowsPerPage) return;
    last = rows.at(-1)?.position ?? last;
  }
}

async function* jobsOf({ db }: ExportContext, jobSetId: string): AsyncIterable<ListedJobRow> {
  let lastId = "";
  for (;;) {
    const rows = await db
      .select(jobColumns)
      .from(jobs)
      .where(and(eq(jobs.jobSetId, jobSetId), gt(jobs.id, lastId)))
      .orderBy(asc(jobs.id))
      .limit(rowsPerPage);
    yield* rows;
    if (rows.length < rowsPerPage) return;
    lastId = rows.at(-1)?.id ?? lastId;
  }
}

async function* resultLines({ db }: ExportContext, jobId: string): AsyncIterable<ArchiveLine> {
  let last = -1;
  for (;;) {
    const rows = await db
      .select()
      .from(requestResults)
      .where(and(eq(requestResults.jobId, jobId), gt(requestResults.lineNumber, last)))
      .orderBy(asc(requestResults.lineNumber))
      .limit(rowsPerPage);
    for (const row of rows) yield archivedResult(row);
    if (rows.length < rowsPerPage) return;
    last = rows.at(-1)?.lineNumber ?? last;
  }
}

async function* fileLines({ storage }: ExportContext, jobId: string): AsyncIterable<ArchiveLine> {
  const key = rawResultsKey(jobId);
  if ((await storage.sizeBytes(key)) === null) return;
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of storage.read(key)) {
    hash.update(chunk);
    sizeBytes += chunk.length;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let start = 0; start < bytes.length; start += bytesPerLine) {
      yield { kind: "bytes", data: bytes.subarray(start, start + bytesPerLine).toString("base64") };
    }
  }
  yield { kind: "fileEnd", sizeBytes, sha256: hash.digest("hex") };
}
