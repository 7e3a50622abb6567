import type { JobReport } from "#lib/domain/job-report.ts";
import { formatTable } from "./text-table.ts";

const columns = ["JOB", "STATUS", "SERVICE STATUS", "MODEL", "TURNAROUND", "DONE", "TOKENS"];

/** Reports as a table for a terminal. */
export function formatReportTable(reports: readonly JobReport[]): string {
  return formatTable(
    columns,
    reports.map((report) => [
      report.jobId,
      report.userStatus ?? "unknown",
      report.serviceStatus ?? "unknown",
      report.model ?? "unknown",
      formatSeconds(report.latencySeconds),
      doneText(report),
      report.totalTokens === null ? "" : String(report.totalTokens),
    ]),
  );
}

/** `42.1 s`, `12 min 5 s`, `3 h 20 min`; empty for null. */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function doneText({ completedRequests, failedRequests, totalRequests }: JobReport): string {
  if (totalRequests === null) return "";
  const failed = failedRequests ? `, ${failedRequests} failed` : "";
  return `${completedRequests ?? "?"} of ${totalRequests}${failed}`;
}
