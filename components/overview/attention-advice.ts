import type { EstimateBasis } from "#lib/domain/end-estimate.ts";
import type { AttentionItem } from "#lib/domain/overview.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { formatDuration, formatNumber, formatPercent, formatQuantity } from "../format.ts";

/** Before the moment at which it comes: `The time-out of its job set ends it` 22 Nov 2026, 14:05. */
export type AttentionWords = {
  happened: string;
  /** Stands before the moment of the item's deadline; null where there is none. */
  until: string | null;
  next: string;
};

/** What happened, in the provider's words where it gave any, and what to do. */
export function adviceFor(item: AttentionItem, now: Date): AttentionWords {
  const until = untilOf(item);
  switch (item.reason) {
    case "results_expiring":
      return {
        happened: `The job has ended, but its results are not here yet${item.job.trouble ? `: ${item.job.trouble}` : "."}`,
        until,
        next: "What is deleted there cannot be had again: mend what keeps the results from coming, then press Check now.",
      };
    case "window_ending":
      return {
        happened: `${openRequests(item.job.counts)} after ${ageOf(item.job, now)}.`,
        until,
        next: "Answers that are ready by then are kept. Launch the rest again, or wait and see.",
      };
    case "stuck":
      return {
        happened: slowWords(item, now),
        until,
        next: "Check it now. If it stays so, cancel it on its page and launch it again.",
      };
    case "trouble":
      return {
        happened: item.job.trouble ?? "The provider could not be reached.",
        until,
        next:
          item.job.step === "done"
            ? "Open the job for the details."
            : "It is tried again by itself. Press Check now once the cause is mended.",
      };
    default:
      return { ...endedAdvice(item), until };
  }
}

function endedAdvice({ job, reason }: AttentionItem): Pick<AttentionWords, "happened" | "next"> {
  const { counts, failure } = job;
  switch (reason) {
    case "partial":
      return {
        happened: withoutSuccess(counts),
        next: "Look at the requests that did not succeed, and why.",
      };
    case "no_success":
      return {
        happened: `The provider completed the job, but none of its ${formatQuantity(counts.total ?? 0, "request")} succeeded.`,
        next: "Open the job and read the errors of its requests.",
      };
    case "timed_out":
      return {
        happened: failure?.message ?? "The job did not end in time.",
        next: "Requests answered before that are kept. Launch the rest again, or wait for a calmer hour.",
      };
    default:
      return {
        happened: failure?.message ?? "The provider ended the job as failed and gave no reason.",
        next: "Open the job for the details, mend the cause and launch again.",
      };
  }
}

function untilOf({ job, deadline }: AttentionItem): string | null {
  const provider = providerLabels[job.provider];
  switch (deadline?.of) {
    case "time_out":
      return "The time-out of its job set ends it";
    case "provider":
      return `${provider} ends it`;
    case "results":
      return `${provider} deletes them`;
    case undefined:
      return null;
  }
}

const basisWords: Record<EstimateBasis, string> = {
  model_and_size: "of this model and size",
  model: "of this model",
  provider: "of this provider",
};

/** `Open for 7.4 h: 99 % of the 1,204 ended jobs of this model took at most 2.1 h.` */
function slowWords({ job, slow }: AttentionItem, now: Date): string {
  const open = `Open for ${ageOf(job, now)}`;
  if (!slow) return `${open}, longer than almost all jobs like it.`;
  const jobs = `${formatQuantity(slow.jobCount, "ended job")} ${basisWords[slow.basis]}`;
  return `${open}: ${formatPercent(slow.share)} of the ${jobs} took at most ${formatDuration(slow.limitSeconds)}.`;
}

function ageOf({ reported, observed }: AttentionItem["job"], now: Date): string {
  const from = reported.createdAt ?? observed.submittedAt ?? observed.launchedAt;
  return formatDuration(Math.max(0, (now.getTime() - from.getTime()) / 1000));
}

/** `3 of 9 requests are not done`; the provider may not tell how many. */
function openRequests(counts: AttentionItem["job"]["counts"]): string {
  const { total, unfinished } = counts;
  if (total === null || unfinished === null) return "It is not done";
  return `${formatNumber(unfinished)} of ${formatQuantity(total, "request")} ${unfinished === 1 ? "is" : "are"} not done`;
}

/** `2 of 9 requests failed.`, or every other outcome that occurred: `1 failed, 1 expired of 9 requests.` */
function withoutSuccess(counts: AttentionItem["job"]["counts"]): string {
  const parts = (["failed", "expired", "cancelled"] as const).filter((outcome) => (counts[outcome] ?? 0) > 0);
  const whole = counts.total === null ? "its requests" : formatQuantity(counts.total, "request");
  const [only] = parts;
  if (only && parts.length === 1) {
    const verb = only === "cancelled" ? (counts[only] === 1 ? "was cancelled" : "were cancelled") : only;
    return `${formatNumber(counts[only])} of ${whole} ${verb}.`;
  }
  return `${parts.map((outcome) => `${formatNumber(counts[outcome])} ${outcome}`).join(", ")} of ${whole}.`;
}
