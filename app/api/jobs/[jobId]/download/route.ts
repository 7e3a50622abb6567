import { z } from "zod";
import { getJob } from "#lib/db/queries/get-job.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Job } from "#lib/domain/job.ts";
import { unifiedResults } from "#lib/engine/unified-results.ts";
import { getContext } from "#lib/server-context.ts";
import { rawResultsKey } from "#lib/storage/storage.ts";
import { respond } from "../../../respond.ts";
import { streamBytes } from "../../../stream-bytes.ts";

const kindSchema = z.enum(["raw", "unified"], { error: "Ask for kind=raw or kind=unified." });

/** Streams a job's collected results as a file: the provider's own lines, or one shape for all providers. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ jobId: string }> },
): Promise<Response> {
  const { jobId } = await params;
  const kind = kindSchema.safeParse(new URL(request.url).searchParams.get("kind") ?? "raw");
  const found = await openResults(jobId, kind.success ? kind.data : null);
  return found instanceof AppError ? respond(() => Promise.reject(found)) : found;
}

async function openResults(
  jobId: string,
  kind: z.infer<typeof kindSchema> | null,
): Promise<Response | AppError> {
  if (kind === null) return new AppError("invalid_input", "Ask for kind=raw or kind=unified.");
  const context = await getContext();
  const detail = await getJob(context.db, jobId);
  if (!detail) return new AppError("not_found", "There is no such job.");
  const key = rawResultsKey(jobId);
  const sizeBytes = await context.storage.sizeBytes(key);
  if (sizeBytes === null) {
    return new AppError(
      "not_found",
      detail.job.observed.resultsPrunedAt
        ? "The results of this job were deleted here to make room."
        : "This job has no collected results. They appear when it has ended.",
    );
  }
  const bytes = kind === "raw" ? context.storage.read(key) : unifiedResults(context, detail.job);
  return new Response(streamBytes(bytes), {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName(detail.job, kind)}"`,
      ...(kind === "raw" ? { "content-length": String(sizeBytes) } : {}),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

function fileName(job: Job, kind: string): string {
  const id = (job.providerJobId ?? job.id).replace(/[^A-Za-z0-9_-]/g, "_");
  return kind === "raw" ? `${job.provider}_results_${id}.jsonl` : `${job.provider}_unified_${id}.jsonl`;
}
