import { formatDuration, formatQuantity } from "#components/format.ts";
import type { SentenceParts } from "#components/sentence.tsx";
import type { JobDetail } from "#lib/domain/job-detail.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";

/** What is closer than this is written as "just now", which fits what was and not what comes. */
const momentMilliseconds = 5_000;

/** Why a job is not done yet, in sentences: what it waits for, since when, and what happens next. Empty when it is done. */
export function waitingReasons(detail: JobDetail, now: Date): SentenceParts[] {
  const { job } = detail;
  if (job.step === "done") return [];
  return [
    ...stepReasons(detail, now),
    ...troubleReasons(detail).map((reason) => [reason]),
    ...nextReasons(detail, now),
  ];
}

function stepReasons({ job, aheadCount }: JobDetail, now: Date): SentenceParts[] {
  const provider = providerLabels[job.provider];
  const { observed } = job;
  if (job.step === "submit") {
    if (observed.submitStartedAt) {
      return [
        [
          `It is being sent to ${provider}, begun `,
          observed.submitStartedAt,
          `. If the answer was lost, ${provider} is asked for it first, so that nothing is paid twice.`,
        ],
      ];
    }
    const line =
      aheadCount === null || aheadCount === 0
        ? "it is next"
        : `${formatQuantity(aheadCount, "job")} ${aheadCount === 1 ? "is" : "are"} sent before it`;
    return [[`It waits for its turn to be sent to ${provider}: ${line}.`]];
  }
  if (job.step === "collect") {
    const since = observed.endSeenAt ? [", which was seen ", observed.endSeenAt] : [];
    return [[`${provider} has ended it`, ...since, "; its results are being fetched."]];
  }
  return pollReasons(job, now);
}

function pollReasons(job: JobDetail["job"], now: Date): SentenceParts[] {
  const provider = providerLabels[job.provider];
  const since = job.reported.createdAt ?? job.observed.submittedAt;
  const age = since ? ` for ${formatDuration(Math.max(0, (now.getTime() - since.getTime()) / 1000))}` : "";
  const word = job.serviceStatus ? ` It says "${job.serviceStatus}".` : "";
  const reasons: SentenceParts[] = [[`It is at ${provider}${age}, which decides when it runs.${word}`]];
  if (job.observed.endSeenAt) {
    reasons.push([
      `${provider} calls it ended but does not show its results yet; they are looked for 15 minutes.`,
    ]);
  }
  if (job.observed.cancelRequestedAt) {
    reasons.push([
      "Its cancellation was asked for ",
      job.observed.cancelRequestedAt,
      `; ${provider} ends it when it can.`,
    ]);
  }
  return reasons;
}

function troubleReasons({ job, attempts, accountProblem }: JobDetail): string[] {
  const reasons: string[] = [];
  if (accountProblem !== null) reasons.push(`The account cannot be used now. ${accountProblem}`);
  if (attempts > 0) {
    const what = { submit: "to send it", poll: "to check it", collect: "to fetch its results", done: "" };
    reasons.push(
      `${formatQuantity(attempts, "attempt")} ${what[job.step]} failed in a row${job.trouble ? ", the last one so:" : "."}`,
    );
    if (job.trouble) reasons.push(job.trouble);
  }
  return reasons;
}

function nextReasons({ job, attempts, nextCheckAt }: JobDetail, now: Date): SentenceParts[] {
  if (job.step === "poll" && nextCheckAt) {
    return [
      nextCheckAt.getTime() - now.getTime() < momentMilliseconds
        ? ["The next check is due now."]
        : ["The next check is ", nextCheckAt, "."],
    ];
  }
  return attempts > 0 ? [["It is tried again by itself, within 5 minutes; Check now tries at once."]] : [];
}
