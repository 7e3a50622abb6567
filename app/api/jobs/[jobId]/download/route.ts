import { z } from "zod";
import type { AppContext } from "#lib/context.ts";
import { getJob } from "#lib/db/queries/get-job.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Job } from "#lib/domain/job.ts";
import { resultsCsv } from "#lib/engine/results-csv.ts";
import { unifiedResults } from "#lib/engine/unified-results.ts";
import { getContext } from "#lib/server-context.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { fileResponse } from "../../../file-response.ts";
import { respond } from "../../../respond.ts";

const kindSchema = z.enum(["raw", "unified", "csv"]);
type Kind = z.infer<typeof kindSchema>;

/** Streams a job's collected results as a file: the provider's own lines, one shape for all providers, or a table. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ jobId: string }> },
): Promise<Response> {
  const { jobId } = await params;
  const kind = kindSchema.safeParse(new URL(request.url).searchParams.get("kind") ?? "raw");
  const found = kind.success
    ? await openResults(jobId, kind.data)
    : new AppError("invalid_input", "Ask for kind=raw, kind=unified or kind=csv.");
  return found instanceof AppError ? respond(() => Promise.reject(found)) : found;
}

async function openResults(jobId: string, kind: Kind): Promise<Response | AppError> {
  const context = await getContext();
  const detail = await getJob(context.db, jobId);
  if (!detail) return new AppError("not_found", "There is no such job.");
  const { job } = detail;
  const sizeBytes = await context.storage.sizeBytes(rawResultsKey(jobId));
  if (sizeBytes === null) {
    return new AppError(
      "not_found",
      detail.job.observed.resultsPrunedAt
        ? "The results of this job were deleted here to make room."
        : "This job has no collected results. They appear when it has ended.",
    );
  }
  return fileResponse(bytesOf(context, job, kind), {
    name: fileName(job, kind),
    type: kind === "csv" ? "csv" : "jsonl",
    ...(kind === "raw" ? { sizeBytes } : {}),
  });
}

function bytesOf(context: AppContext, job: Job, kind: Kind): AsyncIterable<Uint8Array> {
  if (kind === "csv") return resultsCsv(context, job);
  return kind === "raw" ? context.storage.read(rawResultsKey(job.id)) : unifiedResults(context, job);
}

function fileName(job: Job, kind: Kind): string {
  const id = (job.providerJobId ?? job.id).replace(/[^A-Za-z0-9_-]/g, "_");
  const part = kind === "unified" ? "unified" : "results";
  return `${job.provider}_${part}_${id}.${kind === "csv" ? "csv" : "jsonl"}`;
}
