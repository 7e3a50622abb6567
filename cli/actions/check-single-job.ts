import { requiredJobId } from "../required-job-id.ts";
import { reportOfJob } from "../report-of-job.ts";
import type { Session } from "../session.ts";

/** Reports one job; written to a file only when one is named. */
export async function checkSingleJob(session: Session): Promise<void> {
  const jobId = requiredJobId(session);
  const job = await session.provider().get(jobId, { signal: session.stop.signal });
  const report = await reportOfJob(session, job, { model: null, totalTokens: null });
  if (session.flags.output_file) session.reportFile().append(report);
  session.output.report(report);
  session.output.endReports();
}
