import type { AppContext } from "#lib/context.ts";
import { jobsOfFiles, launchedAmong, type JobOfFile } from "#lib/db/queries/jobs-of-files.ts";
import type { AccountFileState } from "#lib/domain/account-file.ts";
import { isTerminal } from "#lib/domain/user-status.ts";
import type { BatchProvider, ProviderFile } from "#lib/providers/provider.ts";

export type JudgedFile = { state: AccountFileState; jobId: string | null };

/**
 * Says of each file of an account what it is to this installation. A file is never `deletable` by its name alone: only
 * where jobs that were launched here refer to it, and all of them are over with their results stored here.
 */
export async function judgeAccountFiles(
  { db }: Pick<AppContext, "db">,
  provider: Pick<BatchProvider, "id" | "capabilities">,
  files: readonly Pick<ProviderFile, "id" | "name">[],
): Promise<JudgedFile[]> {
  const ids = files.map((file) => file.id);
  const jobs = Map.groupBy(
    await jobsOfFiles(db, provider.id, ids, provider.capabilities.fileFields),
    (job) => job.fileId,
  );
  const jobNames = files.flatMap(({ name }) => (name === null ? [] : [jobNameOf(name)]));
  const named = await launchedAmong(db, provider.id, jobNames);
  return files.map(({ id, name }) => {
    const own = jobs.get(id);
    if (own) return judge(own);
    const jobId = name === null ? null : jobNameOf(name);
    return jobId !== null && named.has(jobId) ? { state: "named", jobId } : { state: "foreign", jobId: null };
  });
}

/** Uploads carry the name of their job, at OpenAI with an ending. */
function jobNameOf(fileName: string): string {
  return fileName.replace(/\.jsonl$/, "");
}

/** Of several jobs that share a file, the one that still needs it most decides. */
function judge(jobs: readonly JobOfFile[]): JudgedFile {
  for (const state of ["adopted", "running", "uncollected"] as const) {
    const job = jobs.find((candidate) => stateOf(candidate) === state);
    if (job) return { state, jobId: job.id };
  }
  return { state: "deletable", jobId: jobs[0]?.id ?? null };
}

function stateOf(job: JobOfFile): Exclude<AccountFileState, "named" | "foreign"> {
  if (job.origin !== "launched") return "adopted";
  if (!isTerminal(job.userStatus) || job.step !== "done") return "running";
  return job.collectedAt !== null && job.resultsPrunedAt === null ? "deletable" : "uncollected";
}
