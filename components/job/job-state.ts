import { formatDuration, formatQuantity } from "#components/format.ts";
import type { SentenceParts } from "#components/sentence.tsx";
import type { Job } from "#lib/domain/job.ts";
import { isPartial } from "#lib/domain/outcome-counts.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

/** What the job is doing or how it ended, in one or two sentences. */
export function describeState(job: Job, now: Date): SentenceParts {
  if (job.userStatus !== "IN_PROGRESS") return [describeEnd(job)];
  const provider = providerLabels[job.provider];
  if (job.step === "submit") {
    return job.observed.submitStartedAt
      ? [`Being sent to ${provider}, begun `, job.observed.submitStartedAt, "."]
      : [`Waits for its turn to be sent to ${provider}. Launched `, job.observed.launchedAt, "."];
  }
  if (job.step === "collect") return [`${provider} has ended it. Its results are being fetched.`];
  const since = job.reported.createdAt;
  const age = since
    ? ` for ${formatDuration(Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000)))}`
    : "";
  const word = job.serviceStatus ? `; it says ${job.serviceStatus}` : "";
  return [`At ${provider}${age}${word}. `, ...describeCheck(job)];
}

function describeCheck({ observed }: Job): SentenceParts {
  return observed.lastCheckedAt ? ["Last checked ", observed.lastCheckedAt, "."] : ["Not checked yet."];
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
      if (isPartial(job.counts)) return "Ended";
      return job.providerJobId === null ? "Failed before the provider took it" : "Failed";
    case "CANCELLED_TIMED_OUT":
      return job.cancelReason === "time_out"
        ? "Cancelled by the time-out of its job set"
        : "Expired at the provider";
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
