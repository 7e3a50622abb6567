import type { AppContext } from "#lib/context.ts";
import type { Database } from "#lib/db/client.ts";
import { listJobIds, listJobsById } from "#lib/db/queries/list-jobs.ts";
import { listSelectedIds } from "#lib/db/queries/selected-jobs.ts";
import { csvLine, type CsvValue } from "#lib/domain/csv.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import type { JobFilter, JobListItem } from "#lib/domain/job-page.ts";
import type { JobSelection } from "#lib/domain/job-selection.ts";

const rowsPerRead = 500;

const columns: readonly [header: string, valueOf: (job: JobListItem) => CsvValue][] = [
  ["provider", (job) => job.provider],
  ["model", (job) => job.model],
  ["job_id", (job) => job.providerJobId],
  ["batchmark_id", (job) => job.id],
  ["job_set", (job) => job.jobSetName],
  ["status", (job) => job.userStatus],
  ["service_status", (job) => job.serviceStatus],
  ["step", (job) => job.step],
  ["requests", (job) => job.counts.total ?? job.requestCount],
  ["succeeded", (job) => job.counts.succeeded],
  ["failed", (job) => job.counts.failed],
  ["expired", (job) => job.counts.expired],
  ["cancelled", (job) => job.counts.cancelled],
  ["unfinished", (job) => job.counts.unfinished],
  ["turnaround_seconds", (job) => turnaroundSecondsOf(job.reported)],
  ["created_at", (job) => job.reported.createdAt],
  ["ended_at", (job) => job.reported.endedAt],
  ["launched_at", (job) => job.observed.launchedAt],
  ["last_checked_at", (job) => job.observed.lastCheckedAt],
  ["total_tokens", (job) => job.collected?.usage.totalTokens ?? null],
  ["origin", (job) => job.origin],
  ["simulated", (job) => job.isSimulated],
  ["failure", (job) => job.failure?.message ?? null],
  ["trouble", (job) => job.trouble],
];

/** All jobs of a filter in its order as CSV, streamed; one id a job stands in memory. */
export async function* jobsCsv({ db }: Pick<AppContext, "db">, filter: JobFilter): AsyncIterable<Uint8Array> {
  yield* csvOf(db, await listJobIds(db, filter));
}

/** The selected jobs as CSV, streamed in the same way. */
export async function* csvOfJobs(
  { db, clock }: Pick<AppContext, "db" | "clock">,
  selection: JobSelection,
): AsyncIterable<Uint8Array> {
  yield* csvOf(db, await listSelectedIds(db, { selection, now: clock.now() }));
}

async function* csvOf(db: Database, ids: readonly string[]): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(csvLine(columns.map(([header]) => header)));
  for (let start = 0; start < ids.length; start += rowsPerRead) {
    const jobs = await listJobsById(db, ids.slice(start, start + rowsPerRead));
    yield encoder.encode(jobs.map((job) => csvLine(columns.map(([, valueOf]) => valueOf(job)))).join(""));
  }
}
