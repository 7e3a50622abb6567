import { AppError } from "#lib/domain/errors.ts";
import { publicResultsQuerySchema } from "#lib/domain/public-api.ts";
import { unifiedResults } from "#lib/engine/unified-results.ts";
import { getContext } from "#lib/server-context.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { parseQuery } from "../../../../respond.ts";
import { findJob } from "../../../find-job.ts";
import { respondWithLines } from "../../../respond-with-lines.ts";

/** The collected results of one job, streamed. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ jobId: string }> },
): Promise<Response> {
  const { jobId } = await params;
  return respondWithLines(async () => {
    const { kind } = parseQuery(
      publicResultsQuerySchema,
      Object.fromEntries(new URL(request.url).searchParams),
    );
    const context = await getContext();
    const job = await findJob(context, jobId);
    const key = rawResultsKey(job.id);
    if ((await context.storage.sizeBytes(key)) === null) {
      throw new AppError("not_found", "This job has no collected results. They appear when it has ended.");
    }
    const name = (job.providerJobId ?? job.id).replaceAll(/[^A-Za-z0-9_-]/g, "_");
    return {
      fileName: `${job.provider}_${kind === "raw" ? "results" : "unified"}_${name}.jsonl`,
      bytes: kind === "raw" ? context.storage.read(key) : unifiedResults(context, job),
    };
  });
}
