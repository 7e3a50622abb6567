import { ProviderError } from "#lib/domain/errors.ts";
import { isEnded, type JobReport } from "#lib/domain/job-report.ts";
import { checkJobs } from "../check-jobs.ts";
import { formatReportTable } from "../report-table.ts";
import { requiredJobId } from "../required-job-id.ts";
import type { Session } from "../session.ts";
import { readOpenJobs } from "./check-jobs-from-file.ts";

const defaultIntervalSeconds = 30;
/** A young job may be unknown to its own provider for a while; after so many looks it is given up. */
const unknownJobLooks = 5;

type WatchedJob = { report: JobReport; failedLooks: number; trouble: string | null };

/**
 * Looks at jobs again and again until all have ended: a live table on a terminal, else a line each time that a status
 * changes. A report file gets each job once, when it has ended or when the watching does.
 */
export async function watchJobs(session: Session): Promise<void> {
  const { output, stop } = session;
  const intervalSeconds = session.flags.interval ?? defaultIntervalSeconds;
  const watched = await readWatchedJobs(session);
  const file = session.reportFile();
  const open = new Set(watched);
  let isFirstLook = true;
  try {
    while (open.size > 0 && !stop.isRequested) {
      await lookOnce(session, open, (job) => file.append(job.report), isFirstLook);
      isFirstLook = false;
      if (output.isForPeople) output.redraw(liveLines(watched, open.size, output.terminalRows));
      if (open.size > 0) await session.pause(intervalSeconds);
    }
  } finally {
    for (const job of open) file.append(job.report);
    output.endReports();
    output.note(`${watched.length - open.size} of ${watched.length} jobs ended, reports in ${file.path}`);
  }
}

async function readWatchedJobs(session: Session): Promise<WatchedJob[]> {
  const reports =
    session.stateFiles.length > 0 ? await readOpenJobs(session) : [await readSingleJob(session)];
  return reports.map((report) => ({ report, failedLooks: 0, trouble: null }));
}

async function readSingleJob(session: Session): Promise<JobReport> {
  const provider = session.provider();
  const jobId = requiredJobId(session);
  return {
    provider: provider.id,
    jobId,
    userStatus: null,
    latencySeconds: null,
    totalTokens: null,
    model: null,
    serviceStatus: null,
    createdAt: null,
    endedAt: null,
    totalRequests: null,
    completedRequests: null,
    failedRequests: null,
  };
}

async function lookOnce(
  session: Session,
  open: Set<WatchedJob>,
  ended: (job: WatchedJob) => void,
  isFirstLook: boolean,
): Promise<void> {
  const { output } = session;
  const byReport = new Map([...open].map((job) => [job.report, job]));
  for await (const { before, outcome } of checkJobs(session, [...byReport.keys()])) {
    const job = byReport.get(before);
    if (!job) continue;
    if (outcome instanceof ProviderError) {
      if (session.stop.isRequested) continue;
      noteFailedLook(session, job, outcome, () => {
        open.delete(job);
        ended(job);
      });
      continue;
    }
    const hasChanged =
      isFirstLook ||
      outcome.serviceStatus !== before.serviceStatus ||
      outcome.userStatus !== before.userStatus;
    job.report = outcome;
    job.failedLooks = 0;
    job.trouble = null;
    if (hasChanged && !output.isForPeople) output.report(outcome);
    if (!isEnded(outcome)) continue;
    open.delete(job);
    ended(job);
  }
}

/** Troubles that can pass are told once; a job that stays unknown, or a refusal, ends its watching. */
function noteFailedLook(session: Session, job: WatchedJob, error: ProviderError, giveUp: () => void): void {
  const { output } = session;
  job.failedLooks += 1;
  const canPass = error.isRetryable || (error.kind === "not_found" && job.failedLooks < unknownJobLooks);
  if (!canPass) {
    output.problem(`${job.report.jobId}: ${error.message} It is watched no more.`);
    giveUp();
  } else if (job.trouble !== error.message) {
    output.note(`${job.report.jobId}: ${error.message}`);
  }
  job.trouble = error.message;
}

/** The table, open jobs first, cut to what the terminal can show. */
function liveLines(watched: WatchedJob[], openCount: number, terminalRows: number): string[] {
  const sorted = watched.toSorted(
    (left, right) => Number(isEnded(left.report)) - Number(isEnded(right.report)),
  );
  const shown = sorted.slice(0, Math.max(1, terminalRows - 5));
  const lines = formatReportTable(shown.map((job) => job.report)).split("\n");
  if (shown.length < sorted.length) lines.push(`… and ${sorted.length - shown.length} more`);
  return [
    ...lines,
    "",
    openCount > 0 ? `${openCount} of ${watched.length} jobs in progress` : "All jobs have ended",
  ];
}
