import { reportOfSeenJob } from "../report-of-job.ts";
import { requiredJobId } from "../required-job-id.ts";
import type { Session } from "../session.ts";

/** Asks the provider to cancel one job and reports it as it then stands; the end may come minutes later. */
export async function cancelJob(session: Session): Promise<void> {
  const jobId = requiredJobId(session);
  const job = await session.provider().cancel(jobId, { signal: session.stop.signal });
  session.output.report(reportOfSeenJob(session, job, null));
  session.output.endReports();
  session.output.note(
    job.hasEnded
      ? `${job.id} has ended as ${job.serviceStatus}.`
      : `The cancellation of ${job.id} is under way.`,
  );
}
