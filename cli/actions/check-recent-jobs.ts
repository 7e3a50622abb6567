import { mapInOrder } from "../map-in-order.ts";
import { reportOfJob } from "../report-of-job.ts";
import type { Session } from "../session.ts";

const defaultHours = 36;

/** Reports the account's jobs of the last hours, newest first, into a new report file. */
export async function checkRecentJobs(session: Session): Promise<void> {
  const { output, clock, flags, stop } = session;
  const provider = session.provider();
  const since = new Date(clock.now().getTime() - (flags.hours_ago ?? defaultHours) * 3_600_000);
  const file = session.reportFile();
  let count = 0;
  try {
    const jobs = provider.list({ since }, { signal: stop.signal });
    const unknown = { model: null, totalTokens: null };
    for await (const report of mapInOrder(jobs, session.concurrency, (job) =>
      reportOfJob(session, job, unknown),
    )) {
      file.append(report);
      output.report(report);
      count += 1;
      output.progress(`Checked ${count} jobs`);
    }
  } finally {
    output.endReports();
    output.note(`${count} jobs of the last ${flags.hours_ago ?? defaultHours} h, reports in ${file.path}`);
  }
}
