import { and, eq, inArray } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { publishJobsChanged } from "#lib/db/live-events.ts";
import { jobs, type JobRow, type NewJobRow } from "#lib/db/schema/jobs.ts";
import { AppError } from "#lib/domain/errors.ts";
import { createId } from "#lib/domain/ids.ts";
import { isEnded, newerReport, type JobReport } from "#lib/domain/job-report.ts";
import { JobReportReader, type ReadReport } from "#lib/domain/job-report-reader.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import {
  maximumListedBadLines,
  maximumReportFileBytes,
  type ReportImport,
} from "#lib/domain/report-import.ts";
import { readLines } from "#lib/providers/json-lines.ts";
import { reportOfRow } from "./report-of-row.ts";
import { hastenPoll } from "./schedule-poll.ts";

const reportsPerWrite = 500;
const longestLineBytes = 1024 * 1024;
/** Stands for the unknown account of a job that cannot be looked up with a key of ours. */
const unknownAccount = "imported";

export type ImportReportsOptions = {
  /** The jobs ran in a sandbox, of which the file does not tell. */
  isSimulated: boolean;
  /** The provider of reports that name none, as the oldest files do. */
  fallbackProvider: ProviderId | null;
};

/**
 * Reads a report file, streamed, into the database. Of several reports on a job the newest counts, also against what an
 * earlier import brought; jobs that were launched here or adopted know better and stay as they are. Jobs that have not
 * ended are looked up at the provider from then on, if its key is one of this kind (real or simulated). Importing a file
 * twice changes nothing. Rejects with `AppError("limit")` for a file that is too large.
 */
export async function importReports(
  context: AppContext,
  bytes: AsyncIterable<Uint8Array>,
  options: ImportReportsOptions,
): Promise<ReportImport> {
  const summary: ReportImport = {
    addedCount: 0,
    updatedCount: 0,
    unchangedCount: 0,
    badLineCount: 0,
    badLines: [],
  };
  const accounts = await accountsOfKind(context, options.isSimulated);
  let part = new Map<string, JobReport>();
  const flush = async () => {
    if (part.size > 0) await write(context, [...part.values()], { ...options, accounts }, summary);
    part = new Map();
  };
  for await (const read of readReports(bytes, options.fallbackProvider)) {
    if (read.kind === "bad") {
      summary.badLineCount += 1;
      if (summary.badLines.length < maximumListedBadLines) {
        summary.badLines.push({ lineNumber: read.lineNumber, reason: read.reason });
      }
      continue;
    }
    const key = keyOf(read.report);
    const earlier = part.get(key);
    part.set(key, earlier ? newerReport(earlier, read.report) : read.report);
    if (part.size >= reportsPerWrite) await flush();
  }
  await flush();
  return summary;
}

async function* readReports(
  bytes: AsyncIterable<Uint8Array>,
  fallbackProvider: ProviderId | null,
): AsyncIterable<ReadReport> {
  const reader = new JobReportReader({ fallbackProvider });
  for await (const line of readLines(limited(bytes), longestLineBytes)) {
    yield* reader.add(line.lineNumber, line.text);
  }
  yield* reader.finish();
}

async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.length;
    if (sizeBytes > maximumReportFileBytes) {
      throw new AppError("limit", "This file is larger than 500 MB. Split it and import the parts.");
    }
    yield chunk;
  }
}

type Accounts = ReadonlyMap<ProviderId, string>;

/** The accounts that such jobs could belong to: a job of a real provider is never looked up in a sandbox. */
async function accountsOfKind(context: AppContext, isSimulated: boolean): Promise<Accounts> {
  const accounts = new Map<ProviderId, string>();
  for (const provider of context.providers.configured()) {
    if ((await context.isSimulated(provider)) === isSimulated) {
      accounts.set(provider, context.providers.get(provider).account);
    }
  }
  return accounts;
}

type WriteOptions = ImportReportsOptions & { accounts: Accounts };

async function write(
  context: AppContext,
  reports: JobReport[],
  options: WriteOptions,
  summary: ReportImport,
): Promise<void> {
  const written = await context.db.transaction(async (transaction) => {
    const known = await readKnown(transaction, reports);
    const added = reports.filter((report) => !known.has(keyOf(report)));
    const rows = added.map((report, index) => ({
      ...newRow(context, report, options),
      launchOrder: -(summary.addedCount + index),
    }));
    const inserted = rows.length === 0 ? [] : await insertRows(transaction, rows);
    const updated = await updateKnown(transaction, reports, known, options.accounts);
    summary.addedCount += inserted.length;
    summary.updatedCount += updated.length;
    summary.unchangedCount += reports.length - inserted.length - updated.length;
    await publishJobsChanged(transaction, [...inserted, ...updated]);
    return inserted;
  });
  const polled = new Map(
    written.filter((row) => row.step === "poll").map((row) => [row.provider, row.account]),
  );
  for (const [id, account] of polled) await hastenPoll(context, { id, account });
}

async function readKnown(transaction: Database, reports: JobReport[]): Promise<Map<string, JobRow>> {
  const known = new Map<string, JobRow>();
  for (const provider of new Set(reports.map((report) => report.provider))) {
    const ids = reports.filter((report) => report.provider === provider).map((report) => report.jobId);
    const rows = await transaction
      .select()
      .from(jobs)
      .where(and(eq(jobs.provider, provider), inArray(jobs.providerJobId, ids)));
    for (const row of rows) if (row.providerJobId) known.set(`${provider}:${row.providerJobId}`, row);
  }
  return known;
}

function insertRows(transaction: Database, rows: NewJobRow[]): Promise<JobRow[]> {
  // Another import may have been quicker: then its rows stay.
  return transaction
    .insert(jobs)
    .values(rows)
    .onConflictDoNothing({ target: [jobs.provider, jobs.account, jobs.providerJobId] })
    .returning();
}

async function updateKnown(
  transaction: Database,
  reports: JobReport[],
  known: ReadonlyMap<string, JobRow>,
  accounts: Accounts,
): Promise<JobRow[]> {
  const updated: JobRow[] = [];
  for (const report of reports) {
    const row = known.get(keyOf(report));
    // What the provider itself has said of a job is better than any file.
    if (!row || row.origin !== "imported" || row.lastCheckedAt) continue;
    const before = reportOfRow(row);
    const merged = before ? newerReport(before, report) : report;
    if (before && JSON.stringify(merged) === JSON.stringify(before)) continue;
    const values = valuesOf(merged, accounts.get(report.provider) === row.account);
    await transaction.update(jobs).set(values).where(eq(jobs.id, row.id));
    updated.push(row);
  }
  return updated;
}

function newRow(context: AppContext, report: JobReport, { isSimulated, accounts }: WriteOptions): NewJobRow {
  const account = accounts.get(report.provider);
  const now = context.clock.now();
  const values = valuesOf(report, account !== undefined);
  return {
    id: createId("job"),
    origin: "imported",
    provider: report.provider,
    account: account ?? unknownAccount,
    isSimulated,
    task: "text",
    providerJobId: report.jobId,
    launchedAt: now,
    nextCheckAt: values.step === "poll" ? now : null,
    ...values,
  };
}

/** What a report says, as columns. Parts of the requests of which it does not tell stay unknown. */
function valuesOf(report: JobReport, canBeLookedUp: boolean) {
  const { totalRequests: total, completedRequests: succeeded, failedRequests: failed } = report;
  const isAllCounted =
    total !== null && succeeded !== null && failed !== null && succeeded + failed === total;
  const rest = isAllCounted ? 0 : null;
  return {
    model: report.model,
    serviceStatus: report.serviceStatus,
    userStatus: report.userStatus ?? "IN_PROGRESS",
    step: !isEnded(report) && canBeLookedUp ? "poll" : "done",
    requestCount: total,
    countTotal: total,
    countSucceeded: succeeded,
    countFailed: failed,
    countExpired: rest,
    countCancelled: rest,
    countUnfinished: rest,
    providerCreatedAt: report.createdAt,
    providerEndedAt: report.endedAt,
    totalTokens: report.totalTokens,
  } satisfies Partial<NewJobRow>;
}

function keyOf(report: JobReport): string {
  return `${report.provider}:${report.jobId}`;
}
