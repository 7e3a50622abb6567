import { createHash } from "node:crypto";
import { eq, inArray, or } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { publishSetsChanged } from "#lib/db/live-events.ts";
import { jobSets } from "#lib/db/schema/job-sets.ts";
import { jobs, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { lanes } from "#lib/db/schema/lanes.ts";
import { prompts } from "#lib/db/schema/prompts.ts";
import { requestResults } from "#lib/db/schema/request-results.ts";
import { AppError } from "#lib/domain/errors.ts";
import { randomToken } from "#lib/domain/ids.ts";
import type { ArchiveLine, ArchiveLineOf, OpenedArchive } from "#lib/domain/job-set-archive.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { rowOfArchivedJob, rowOfArchivedResult } from "./archive-rows.ts";
import { readArchive } from "./read-archive.ts";

const rowsPerInsert = 500;

/**
 * Takes in the archive of a job set, made here or by another Batchmark: all of it or nothing. The file is kept aside and
 * proven whole first, then written in one transaction. Its jobs are shown and compared, but never looked up or cancelled.
 * Throws `AppError("invalid_input")` for a damaged file, `AppError("conflict")` when the set or one of its jobs is here.
 */
export async function openArchive(
  context: AppContext,
  bytes: AsyncIterable<Uint8Array>,
): Promise<OpenedArchive> {
  const spoolKey = `archives/${randomToken(16)}.jsonl.gz`;
  const storedKeys: string[] = [];
  try {
    await context.storage.write(spoolKey, bytes);
    const lines = () => readArchive(context.storage.read(spoolKey));
    for await (const _line of lines()) {
      // The first pass proves the file; only the second one keeps anything.
    }
    return await context.db.transaction((transaction) => write(context, transaction, lines(), storedKeys));
  } catch (error) {
    for (const key of storedKeys) await context.storage.remove(key);
    throw error;
  } finally {
    await context.storage.remove(spoolKey);
  }
}

async function write(
  context: AppContext,
  transaction: Database,
  lines: AsyncIterable<ArchiveLine>,
  storedKeys: string[],
): Promise<OpenedArchive> {
  const writer = new ArchiveWriter(context, transaction, storedKeys);
  for await (const line of lines) await writer.take(line);
  return writer.finish();
}

/** Writes the lines of one archive in their order; holds a few rows and one piece of a file at a time. */
class ArchiveWriter {
  private readonly context: AppContext;
  private readonly transaction: Database;
  private readonly storedKeys: string[];
  private jobSet: ArchiveLineOf<"jobSet"> | null = null;
  private jobId: string | null = null;
  private jobCount = 0;
  private promptRows: (typeof prompts.$inferInsert)[] = [];
  private jobRows: NewJobRow[] = [];
  private resultRows: (typeof requestResults.$inferInsert)[] = [];
  private file: FileWriter | null = null;

  constructor(context: AppContext, transaction: Database, storedKeys: string[]) {
    this.context = context;
    this.transaction = transaction;
    this.storedKeys = storedKeys;
  }

  async take(line: ArchiveLine): Promise<void> {
    switch (line.kind) {
      case "jobSet":
        return this.takeJobSet(line);
      case "prompt":
        this.promptRows.push({ jobSetId: this.set().id, position: line.position, text: line.text });
        if (this.promptRows.length >= rowsPerInsert) await this.flush();
        return;
      case "job":
        this.jobRows.push(rowOfArchivedJob(line, this.set()));
        this.jobId = line.id;
        this.jobCount += 1;
        if (this.jobRows.length >= rowsPerInsert) await this.flush();
        return;
      case "result":
        this.resultRows.push(rowOfArchivedResult(line, this.job()));
        if (this.resultRows.length >= rowsPerInsert) await this.flush();
        return;
      case "bytes":
        this.file ??= await this.openFile(this.job());
        return this.file.add(Buffer.from(line.data, "base64"));
      case "fileEnd": {
        const file = this.file ?? (await this.openFile(this.job()));
        this.file = null;
        return file.end(line);
      }
      default:
        return;
    }
  }

  async finish(): Promise<OpenedArchive> {
    await this.flush();
    const { id, name } = this.set();
    await publishSetsChanged(this.transaction, [id]);
    return { jobSetId: id, name, jobCount: this.jobCount };
  }

  private async takeJobSet(line: ArchiveLineOf<"jobSet">): Promise<void> {
    const { kind: _kind, lanes: laneLines, launchedAt, ...values } = line;
    const known = await this.transaction
      .select({ id: jobSets.id })
      .from(jobSets)
      .where(eq(jobSets.id, line.id));
    if (known.length > 0) {
      throw new AppError("conflict", `The job set “${line.name}” is here already. Nothing was imported.`);
    }
    await this.transaction.insert(jobSets).values({ ...values, launchedAt: new Date(launchedAt) });
    if (laneLines.length > 0) {
      await this.transaction.insert(lanes).values(laneLines.map((lane) => ({ ...lane, jobSetId: line.id })));
    }
    this.jobSet = line;
  }

  private async flush(): Promise<void> {
    const { promptRows, jobRows, resultRows } = this;
    [this.promptRows, this.jobRows, this.resultRows] = [[], [], []];
    if (promptRows.length > 0) await this.transaction.insert(prompts).values(promptRows);
    if (jobRows.length > 0) {
      await this.refuseKnownJobs(jobRows);
      await this.transaction.insert(jobs).values(jobRows);
    }
    if (resultRows.length > 0) await this.transaction.insert(requestResults).values(resultRows);
  }

  /** A job that stands here twice would count twice in every comparison. */
  private async refuseKnownJobs(rows: NewJobRow[]): Promise<void> {
    const providerJobIds = rows.flatMap((row) => row.providerJobId ?? []);
    const known = await this.transaction
      .select({ id: jobs.id, provider: jobs.provider, providerJobId: jobs.providerJobId })
      .from(jobs)
      .where(
        or(
          inArray(
            jobs.id,
            rows.map((row) => row.id),
          ),
          inArray(jobs.providerJobId, providerJobIds),
        ),
      );
    const same = known.find((job) =>
      rows.some(
        (row) =>
          row.id === job.id || (row.provider === job.provider && row.providerJobId === job.providerJobId),
      ),
    );
    if (!same) return;
    throw new AppError(
      "conflict",
      `The job ${same.providerJobId ?? same.id} of this archive is here already, outside its job set. Nothing was imported.`,
    );
  }

  /** The job's row is written first: one that is refused must not have touched the file of another. */
  private async openFile(jobId: string): Promise<FileWriter> {
    await this.flush();
    const key = rawResultsKey(jobId);
    this.storedKeys.push(key);
    return new FileWriter((bytes) => this.context.storage.write(key, bytes));
  }

  private set(): ArchiveLineOf<"jobSet"> {
    if (!this.jobSet) throw misplaced();
    return this.jobSet;
  }

  private job(): string {
    if (this.jobId === null) throw misplaced();
    return this.jobId;
  }
}

/** Hands the pieces of a file on to the storage as they come; each waits until the storage has taken it. */
class FileWriter {
  private readonly hash = createHash("sha256");
  private readonly pieces = new TransformStream<Uint8Array, Uint8Array>();
  private readonly writer = this.pieces.writable.getWriter();
  private readonly written: Promise<{ sizeBytes: number }>;

  constructor(store: (bytes: AsyncIterable<Uint8Array>) => Promise<{ sizeBytes: number }>) {
    this.written = store(this.pieces.readable);
    // A storage that fails is heard of at the next piece or at the end.
    this.written.catch((error: unknown) => this.writer.abort(error).catch(() => undefined));
    this.writer.closed.catch(() => undefined);
  }

  async add(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    await this.writer.write(bytes);
  }

  async end({ sizeBytes, sha256 }: ArchiveLineOf<"fileEnd">): Promise<void> {
    await this.writer.close();
    const written = await this.written;
    if (written.sizeBytes !== sizeBytes || this.hash.digest("hex") !== sha256) {
      throw new AppError("invalid_input", "A result file of this archive is damaged. Nothing was imported.");
    }
  }
}

function misplaced(): AppError {
  return new AppError("invalid_input", "The lines of this archive are out of order. Nothing was imported.");
}
