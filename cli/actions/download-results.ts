import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError, messageOf, ProviderError } from "#lib/domain/errors.ts";
import { requiredJobId } from "../required-job-id.ts";
import type { Session } from "../session.ts";

/** Streams the result lines of one job, as the provider has them, into a file that is in place only when it is whole. */
export async function downloadResults(session: Session): Promise<void> {
  const { output, stop, directory } = session;
  const jobId = requiredJobId(session);
  const provider = session.provider();
  const job = await provider.get(jobId, { signal: stop.signal });
  if (!job.hasResults) {
    throw new AppError(
      "conflict",
      job.hasEnded
        ? `${jobId} has ended as ${job.serviceStatus} and has no results.`
        : `${jobId} has no results yet: it is ${job.serviceStatus}.`,
    );
  }
  const file = path.join(directory, `${provider.id}_results_${jobId.replaceAll(/[/\\]/g, "_")}.jsonl`);
  const partial = `${file}.partial`;
  try {
    const bytes = provider.rawResults(job, { signal: stop.signal });
    await pipeline(Readable.from(bytes, { objectMode: true }), createWriteStream(partial));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    if (error instanceof ProviderError) throw error;
    throw new AppError("invalid_input", `The results cannot be written to ${file}: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  const { size: sizeBytes } = await stat(file);
  output.result(`${file} (${sizeBytes.toLocaleString("en-US")} bytes)`, {
    provider: provider.id,
    job_id: jobId,
    file,
    size_bytes: sizeBytes,
  });
}
