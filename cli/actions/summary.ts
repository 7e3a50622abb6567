import { stat } from "node:fs/promises";
import path from "node:path";
import { isEnded, type JobReport } from "#lib/domain/job-report.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";
import { timeOutSeconds } from "#lib/domain/status-table.ts";
import { estimateCumulativeIncidence, type DeliveryRecord } from "#lib/stats/cumulative-incidence.ts";
import { incidenceQuantile } from "#lib/stats/quantiles.ts";
import { readReportFiles } from "../read-report-files.ts";
import { formatSeconds } from "../report-table.ts";
import type { Session } from "../session.ts";

const shares = [
  { name: "median", share: 0.5 },
  { name: "p90", share: 0.9 },
  { name: "p95", share: 0.95 },
] as const;

/**
 * Per provider the number of jobs by status and the turnaround by which half, 90 % and 95 % of all jobs were delivered, with
 * jobs that failed or timed out as competing outcomes and open or cancelled ones as censored, as on the compare page. An
 * open job was last seen open when its file was written; nothing is claimed beyond that.
 */
export async function summarise(session: Session): Promise<void> {
  const { output, flags } = session;
  const reports = [...(await readReportFiles(session, readFallback(flags.provider))).values()];
  const seenAt = await latestWrite(session);
  const rows = providerIds.flatMap((provider) => {
    const own = reports.filter((report) => report.provider === provider);
    return own.length > 0 ? [summaryRow(provider, own, seenAt, output.isForPeople)] : [];
  });
  const turnarounds = shares.map(({ name }) => (output.isForPeople ? name : `turnaround_${name}_seconds`));
  output.rows(["provider", "jobs", ...userStatuses, "UNKNOWN", ...turnarounds, "jobs_without_times"], rows);
}

function readFallback(provider: string | undefined): ProviderId | null {
  return providerIds.find((id) => id === provider) ?? null;
}

async function latestWrite({ stateFiles, directory }: Session): Promise<Date> {
  const times = await Promise.all(
    stateFiles.map(async (name) => (await stat(path.resolve(directory, name))).mtimeMs),
  );
  return new Date(Math.max(...times));
}

function summaryRow(
  provider: ProviderId,
  reports: JobReport[],
  seenAt: Date,
  isForPeople: boolean,
): (string | number | null)[] {
  const records = reports.flatMap((report) => recordOf(report, seenAt) ?? []);
  const curve = estimateCumulativeIncidence(records);
  const countOf = (status: JobReport["userStatus"]) =>
    reports.filter((report) => report.userStatus === status).length;
  return [
    provider,
    reports.length,
    ...userStatuses.map(countOf),
    countOf(null),
    ...shares.map(({ share }) => {
      if (records.length === 0) return null;
      const { valueSeconds } = incidenceQuantile(curve, share);
      if (valueSeconds === null) return isForPeople ? "not reached" : null;
      return isForPeople ? formatSeconds(valueSeconds) : Math.round(valueSeconds * 100) / 100;
    }),
    reports.length - records.length,
  ];
}

/** Null for a job whose place on the time axis is not known. */
function recordOf(report: JobReport, seenAt: Date): DeliveryRecord | null {
  const { createdAt, endedAt, userStatus } = report;
  if (userStatus === "SUCCEEDED") {
    const seconds = turnaroundSecondsOf({ createdAt, endedAt }) ?? report.latencySeconds;
    return seconds === null ? null : recordAt(seconds, "delivered");
  }
  if (!createdAt) return null;
  if (!isEnded(report)) return recordAt(secondsBetween(createdAt, seenAt), "censored");
  if (endedAt) {
    const outcome = userStatus === "CANCELLED_ON_DEMAND" ? "censored" : "competing";
    return recordAt(secondsBetween(createdAt, endedAt), outcome);
  }
  // Reported as timed out while it still ran: it had not delivered by then.
  return userStatus === "CANCELLED_TIMED_OUT" ? recordAt(timeOutSeconds, "competing") : null;
}

function secondsBetween(start: Date, end: Date): number {
  return (end.getTime() - start.getTime()) / 1000;
}

function recordAt(seconds: number, outcome: DeliveryRecord["outcome"]): DeliveryRecord {
  return { durationSeconds: Math.max(0, seconds), outcome };
}
