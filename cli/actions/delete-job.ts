import { requiredJobId } from "../required-job-id.ts";
import type { Session } from "../session.ts";

/** Deletes one job at the provider, or for OpenAI its files, as batches there cannot be deleted. */
export async function deleteJob(session: Session): Promise<void> {
  const jobId = requiredJobId(session);
  const provider = session.provider();
  await provider.remove(jobId, { signal: session.stop.signal });
  const what = provider.id === "openai" ? `The files of ${jobId} were deleted.` : `${jobId} was deleted.`;
  session.output.result(what, { provider: provider.id, job_id: jobId, deleted: true });
}
