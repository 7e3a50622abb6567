import { formatDuration, formatQuantity, formatRelative } from "#components/format.ts";
import type { Job } from "#lib/domain/job.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

/** What the job is doing or how it ended, in one or two sentences. */
export function describeState(job: Job, now: Date): string {
  if (job.userStatus !== "IN_PROGRESS") return describeEnd(job);
  const provider = providerLabels[job.provider];
  if (job.step === "submit") {
    return job.observed.submitStartedAt
      ? `Being sent to ${provider}, begun ${formatRelative(job.observed.submitStartedAt, now)}.`
      : `Waits for its turn to be sent to ${provider}. Launched ${formatRelative(job.observed.launchedAt, now)}.`;
  }
  if (job.step === "collect") return `${provider} has ended it. Its results are being fetched.`;
  const since = job.reported.createdAt;
  const age = since
    ? ` for ${formatDuration(Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000)))}`
    : "";
  const word = job.serviceStatus ? `; it says ${job.serviceStatus}` : "";
  return `At ${provider}${age}${word}. ${describeCheck(job, now)}`;
}

function describeCheck({ observed }: Job, now: Date): string {
  return observed.lastCheckedAt
    ? `Last checked ${formatRelative(observed.lastCheckedAt, now)}.`
    : "Not checked yet.";
}

function describeEnd(job: Job): string {
  const seconds = turnaroundSecondsOf(job.reported);
  const after = seconds === null ? "" : ` after ${formatDuration(seconds)}`;
  const fetching = job.step === "collect" ? " Its results are being fetched." : "";
  return `${endWord(job)}${after}${describeCounts(job)}.${fetching}`;
}

function endWord(job: Job): string {
  switch (job.userStatus) {
    case "SUCCEEDED":
      return "Ended";
    case "FAILED":
      return job.providerJobId === null ? "Failed before the provider took it" : "Failed";
    case "CANCELLED_TIMED_OUT":
      return job.cancelReason === "time_out" ? "Cancelled by our 24-hour limit" : "Expired at the provider";
    case "CANCELLED_ON_DEMAND":
      return job.providerJobId === null ? "Cancelled before it was sent" : "Cancelled";
    case "IN_PROGRESS":
      return "In progress";
  }
}

function describeCounts({ counts }: Job): string {
  if (counts.succeeded === null || counts.total === null) return "";
  return `: ${counts.succeeded.toLocaleString("en-US")} of ${formatQuantity(counts.total, "request")} succeeded`;
}
