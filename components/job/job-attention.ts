import { formatNumber, formatQuantity } from "#components/format.ts";
import type { Job } from "#lib/domain/job.ts";
import { hasNoSuccess, isPartial } from "#lib/domain/outcome-counts.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import { adviseOnFailure } from "./error-advice.ts";

export type JobAttention = { kind: "error" | "warning"; title: string; message: string; advice: string };

/** Everything about the job that needs a person, the gravest first, each with what to do. */
export function attentionOf(job: Job): JobAttention[] {
  return [failureOf(job), emptySuccessOf(job), troubleOf(job), partialOf(job), unreadableOf(job)].filter(
    (entry) => entry !== null,
  );
}

function failureOf(job: Job): JobAttention | null {
  if (!job.failure) return null;
  const code = job.failure.code ? ` (${job.failure.code})` : "";
  return {
    kind: "error",
    title: `The job failed${code}`,
    message: job.failure.message,
    advice: adviseOnFailure(job.provider, `${job.failure.code ?? ""} ${job.failure.message}`),
  };
}

function emptySuccessOf(job: Job): JobAttention | null {
  const isEnded = job.userStatus === "SUCCEEDED" || job.userStatus === "FAILED";
  if (!isEnded || job.failure || !hasNoSuccess(job.counts)) return null;
  const requests = formatQuantity(job.counts.total ?? 0, "request");
  return {
    kind: "error",
    title: "No request succeeded",
    message:
      job.userStatus === "SUCCEEDED"
        ? `${providerLabels[job.provider]} calls the job ${job.serviceStatus ?? "ended"}, but none of its ${requests} succeeded.`
        : `None of its ${requests} succeeded.`,
    advice: "The results below say why.",
  };
}

function troubleOf(job: Job): JobAttention | null {
  if (!job.trouble) return null;
  return {
    kind: "warning",
    title: `Trouble with ${providerLabels[job.provider]}`,
    message: job.trouble,
    advice: job.step === "done" ? "" : "Batchmark tries again by itself; Check now tries at once.",
  };
}

function partialOf({ counts, userStatus }: Job): JobAttention | null {
  if (userStatus === "IN_PROGRESS" || !isPartial(counts)) return null;
  const others = (counts.failed ?? 0) + (counts.expired ?? 0) + (counts.cancelled ?? 0);
  return {
    kind: "warning",
    title: `${formatNumber(others)} of ${formatQuantity(counts.total ?? others, "request")} did not succeed`,
    message: "",
    advice: "Filter the results below by outcome to see why.",
  };
}

function unreadableOf({ collected }: Job): JobAttention | null {
  if (!collected || collected.unreadableLineCount === 0) return null;
  return {
    kind: "warning",
    title: `${formatQuantity(collected.unreadableLineCount, "result line")} could not be read`,
    message: "",
    advice: "They are kept as they came: filter the results by unreadable, or download the raw file.",
  };
}
