import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import type { ChangedJob } from "#lib/db/live-events.ts";
import { jobs, type JobRow } from "#lib/db/schema/jobs.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

/** A job that refers to a file at its provider, with what decides whether the file is still needed. */
export type JobOfFile = { fileId: string } & Pick<
  JobRow,
  "id" | "origin" | "userStatus" | "step" | "collectedAt" | "resultsPrunedAt" | "resultSizeBytes"
>;

/**
 * The jobs that refer to some files of a provider: in what they uploaded, or where the kept reply of the provider names
 * them (`fileFields`, paths of keys). One pass over the provider's jobs, so ask for many files at once. Accounts are not
 * told apart, because several keys can lead to one account.
 */
export async function jobsOfFiles(
  db: Database,
  provider: ProviderId,
  fileIds: readonly string[],
  fileFields: readonly (readonly string[])[],
): Promise<JobOfFile[]> {
  if (fileIds.length === 0) return [];
  const fields = fileFields.map((path) => sql`(${jobs.raw} #>> ${toTextArray(path)}::text[])`);
  const references = sql.join([sql`(${jobs.inputFile})`, ...fields.map((field) => sql`(${field})`)], sql`, `);
  const found = db
    .select({
      fileId: sql<string>`file.id`.as("file_id"),
      id: jobs.id,
      origin: jobs.origin,
      userStatus: jobs.userStatus,
      step: jobs.step,
      collectedAt: jobs.collectedAt,
      resultsPrunedAt: jobs.resultsPrunedAt,
      resultSizeBytes: jobs.resultSizeBytes,
    })
    .from(jobs)
    .crossJoinLateral(sql`(values ${references}) as file (id)`)
    .where(and(eq(jobs.provider, provider), sql`file.id = any(${toTextArray(fileIds)}::text[])`));
  return found;
}

/**
 * Notes of jobs that the provider's copy of their results is gone: those of `jobIds` whose every result file, as the kept
 * reply names them (`resultFileFields`), is among the deleted ones. Returns the jobs that changed.
 */
export async function noteDeletedResults(
  db: Database,
  jobIds: readonly string[],
  deletedIds: readonly string[],
  resultFileFields: readonly (readonly string[])[],
  now: Date,
): Promise<ChangedJob[]> {
  if (jobIds.length === 0 || resultFileFields.length === 0) return [];
  const named = resultFileFields.map((path) => sql`${jobs.raw} #>> ${toTextArray(path)}::text[]`);
  const deleted = sql`${toTextArray(deletedIds)}::text[]`;
  return db
    .update(jobs)
    .set({ providerRemovedAt: now })
    .where(
      and(
        inArray(jobs.id, [...jobIds]),
        isNull(jobs.providerRemovedAt),
        sql`coalesce(${sql.join(named, sql`, `)}) is not null`,
        ...named.map((fileId) => sql`coalesce(${fileId} = any(${deleted}), true)`),
      ),
    )
    .returning({ id: jobs.id, jobSetId: jobs.jobSetId });
}

/** Which of some names are those of jobs of a provider that were launched here. */
export async function launchedAmong(
  db: Database,
  provider: ProviderId,
  jobIds: readonly string[],
): Promise<Set<string>> {
  if (jobIds.length === 0) return new Set();
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.provider, provider), eq(jobs.origin, "launched"), inArray(jobs.id, [...jobIds])));
  return new Set(rows.map((row) => row.id));
}

/** The text form of an array, so that it travels as one parameter with both drivers. */
function toTextArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
