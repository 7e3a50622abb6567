import { formatNumber, formatQuantity } from "#components/format.ts";
import type { Job } from "#lib/domain/job.ts";
import { hasNoSuccess, isPartial } from "#lib/domain/outcome-counts.ts";
import { providerKeyVariables, providerLabels } from "#lib/domain/provider-id.ts";

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
    advice: adviseFailure(job, `${job.failure.code ?? ""} ${job.failure.message}`),
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

const failureAdvice: readonly { when: RegExp; advice: (job: Job) => string }[] = [
  {
    when: /no key|not configured|not_configured/i,
    advice: ({ provider }) =>
      `Set ${providerKeyVariables[provider]}, start Batchmark again and launch again.`,
  },
  {
    when: /api[ _-]?key|authentication|unauthori[sz]ed|\b401\b/i,
    advice: ({ provider }) =>
      `Check ${providerKeyVariables[provider]}, start Batchmark again and launch again.`,
  },
  {
    when: /insufficient_quota|billing|credit/i,
    advice: ({ provider }) =>
      `Check the balance of the account at ${providerLabels[provider]}, then launch again.`,
  },
  {
    when: /token_limit|rate.?limit|quota|resource.?exhausted|\b429\b/i,
    advice: () =>
      "The account is at its limit. Wait until other jobs have ended, or launch fewer requests at once.",
  },
  {
    when: /model/i,
    advice: () => "Choose a model that the account has: the launch page lists them and marks retired ones.",
  },
  {
    when: /could not reach|unreachable|network|timed?[ -]?out/i,
    advice: () => "Check the network and the base URL on the Providers page, then launch again.",
  },
];

/** Many messages end with what to do already; then nothing is added. */
const hasAdvice = /\b(Check|Set|Choose|Wait|Try) /;

function adviseFailure(job: Job, text: string): string {
  if (hasAdvice.test(text)) return "";
  const rule = failureAdvice.find(({ when }) => when.test(text));
  return rule ? rule.advice(job) : "The provider's object below may say more.";
}
