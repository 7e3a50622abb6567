import type { Job } from "#lib/domain/job.ts";
import type { AttentionReason } from "#lib/domain/overview.ts";
import { formatNumber, formatQuantity } from "../format.ts";

/** What happened, in the provider's words where it gave any, then what to do. */
export function adviceFor(
  job: Pick<Job, "counts" | "failure" | "trouble">,
  reason: AttentionReason,
): { happened: string; next: string } {
  const { counts, failure } = job;
  const total = formatNumber(counts.total);
  switch (reason) {
    case "trouble":
      return {
        happened: job.trouble ?? "The provider could not be reached.",
        next: "It is tried again by itself. Open the job and press Check now once the cause is mended.",
      };
    case "partial":
      return {
        happened: withoutSuccess(counts),
        next: "Open the job to see which requests and why.",
      };
    case "no_success":
      return {
        happened: `The provider completed the job, but none of its ${total} requests succeeded.`,
        next: "Open the job and read the errors of its requests.",
      };
    case "timed_out":
      return {
        happened: failure?.message ?? "The job did not end in time.",
        next: "Requests answered before that are kept. Launch the rest again, or wait for a calmer hour.",
      };
    case "failed":
      return {
        happened: failure?.message ?? "The provider ended the job as failed and gave no reason.",
        next: "Open the job for the details, mend the cause and launch again.",
      };
  }
}

/** `2 of 9 requests failed.`, or every other outcome that occurred: `1 failed, 1 expired of 9 requests.` */
function withoutSuccess(counts: Job["counts"]): string {
  const parts = (["failed", "expired", "cancelled"] as const).filter((outcome) => (counts[outcome] ?? 0) > 0);
  const whole = counts.total === null ? "its requests" : formatQuantity(counts.total, "request");
  const [only] = parts;
  if (only && parts.length === 1) {
    const verb = only === "cancelled" ? (counts[only] === 1 ? "was cancelled" : "were cancelled") : only;
    return `${formatNumber(counts[only])} of ${whole} ${verb}.`;
  }
  return `${parts.map((outcome) => `${formatNumber(counts[outcome])} ${outcome}`).join(", ")} of ${whole}.`;
}
