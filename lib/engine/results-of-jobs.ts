import type { AppContext } from "#lib/context.ts";
import { listJobsById } from "#lib/db/queries/list-jobs.ts";
import { nextSelectedIds } from "#lib/db/queries/selected-jobs.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { JobListItem } from "#lib/domain/job-page.ts";
import type { JobSelection } from "#lib/domain/job-selection.ts";
import { readLines } from "#lib/providers/json-lines.ts";
import { unifiedResults } from "./unified-results.ts";

const jobsPerRead = 100;

/**
 * The collected results of many jobs as one stream of JSON lines: each line of `unifiedResults`, with the job that it
 * belongs to in front (`provider`, `jobId`, `model`). A job whose result file is gone has a line that says so.
 */
export async function* resultsOfJobs(
  context: AppContext,
  selection: JobSelection,
): AsyncIterable<Uint8Array> {
  const now = context.clock.now();
  let afterId = "";
  for (;;) {
    const page = { verb: "download", selection, now, afterId, limit: jobsPerRead } as const;
    const ids = await nextSelectedIds(context.db, page);
    const lastId = ids.at(-1);
    if (lastId === undefined) return;
    afterId = lastId;
    for (const job of await listJobsById(context.db, ids)) yield* resultsOfJob(context, job);
  }
}

async function* resultsOfJob(context: AppContext, job: JobListItem): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  const owner = JSON.stringify({ provider: job.provider, jobId: job.providerJobId, model: job.model });
  try {
    for await (const { text } of readLines(unifiedResults(context, job))) {
      // Both are JSON objects with at least one key, so that their texts can be joined as they are.
      yield encoder.encode(`${owner.slice(0, -1)},${text.slice(1)}\n`);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    yield encoder.encode(`${owner.slice(0, -1)},"missing":${JSON.stringify(error.message)}}\n`);
  }
}
