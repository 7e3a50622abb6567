import { ProviderError } from "#lib/domain/errors.ts";
import { isEnded, type JobReport } from "#lib/domain/job-report.ts";
import { checkJobs } from "../check-jobs.ts";
import { readReportFiles } from "../read-report-files.ts";
import { importStateFiles } from "../refresh-dashboard.ts";
import type { Session } from "../session.ts";

/**
 * Reports every job of the state files that has not ended yet into a new file. A job that could not be looked at keeps its
 * old report there, so that the next run finds it again.
 */
export async function checkJobsFromFile(session: Session): Promise<void> {
  const { output } = session;
  const open = await readOpenJobs(session);
  const file = session.reportFile();
  let checkedCount = 0;
  const unseen = new Set(open);
  for await (const { before, outcome } of checkJobs(session, open)) {
    unseen.delete(before);
    const hasFailed = outcome instanceof ProviderError;
    if (hasFailed) output.problem(`${before.jobId}: ${outcome.message} Its last report is kept.`);
    const report = hasFailed ? before : outcome;
    file.append(report);
    output.report(report);
    checkedCount += 1;
    output.progress(`Checked ${checkedCount} of ${open.length} jobs`);
  }
  for (const before of unseen) file.append(before);
  output.endReports();
  output.note(`${checkedCount} jobs checked, reports in ${file.path}`);
}

/** The jobs of this provider that are not known to have ended; others are left out, and told. */
export async function readOpenJobs(session: Session): Promise<JobReport[]> {
  const { id } = session.provider();
  const all = [...(await readReportFiles(session, id)).values()];
  if (session.dashboard) await importStateFiles(session, session.dashboard);
  const foreign = all.filter((report) => report.provider !== id && !isEnded(report));
  for (const provider of new Set(foreign.map((report) => report.provider))) {
    const count = foreign.filter((report) => report.provider === provider).length;
    session.output.note(
      `${count} open ${count === 1 ? "job" : "jobs"} of ${provider} left out: check them with --provider ${provider}.`,
    );
  }
  return all.filter((report) => report.provider === id && !isEnded(report));
}
