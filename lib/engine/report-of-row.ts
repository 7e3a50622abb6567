import type { ListedJobRow } from "#lib/db/job-mapper.ts";
import { formatJobReport, jobReportOf, type JobReport } from "#lib/domain/job-report.ts";

/** The report on a job as the database knows it; null for a job that never came to a provider. */
export function reportOfRow(row: ListedJobRow): JobReport | null {
  if (row.providerJobId === null) return null;
  return jobReportOf({
    provider: row.provider,
    providerJobId: row.providerJobId,
    userStatus: row.userStatus,
    model: row.model,
    serviceStatus: row.serviceStatus,
    counts: { total: row.countTotal, succeeded: row.countSucceeded, failed: row.countFailed },
    createdAt: row.providerCreatedAt,
    endedAt: row.providerEndedAt,
    totalTokens: row.totalTokens,
  });
}

/** The lines of a report file for these jobs; those that never came to a provider have none. */
export function reportLinesOf(rows: readonly ListedJobRow[]): string {
  return rows
    .flatMap((row) => {
      const report = reportOfRow(row);
      return report ? [`${formatJobReport(report)}\n`] : [];
    })
    .join("");
}
