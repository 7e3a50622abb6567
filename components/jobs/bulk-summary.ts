import type { BulkInput, BulkProgress } from "#lib/domain/job-selection.ts";
import { formatNumber, formatQuantity } from "../format.ts";

type Verb = BulkInput["verb"];

const nothingWords: Record<Verb, string> = {
  cancel: "Nothing to cancel: these jobs have ended.",
  check: "Nothing to check: these jobs have ended.",
  remove: "Nothing to delete: no ended job with collected results is among them.",
};

const doneWords: Record<Verb, (jobs: string) => string> = {
  cancel: (jobs) => `Cancellation of ${jobs} is on its way.`,
  check: (jobs) => `Asking the providers about ${jobs}. What changed appears by itself.`,
  remove: (jobs) => `Deleted ${jobs} at the provider. The results collected here stay.`,
};

/** The words while it works. */
export const runningWords: Record<Verb, string> = {
  cancel: "Cancelling",
  check: "Checking",
  remove: "Deleting at the provider",
};

const messagesShown = 3;

/** What came of an action on many jobs: one sentence, and the reasons of what did not work. */
export function bulkSummary(
  verb: Verb,
  progress: BulkProgress | null,
): { isGood: boolean; title: string; details: string | undefined } {
  if (!progress || (progress.totalCount === 0 && progress.doneCount === 0)) {
    return { isGood: true, title: nothingWords[verb], details: undefined };
  }
  const { doneCount, failures } = progress;
  const failedCount = failures.reduce((sum, { count }) => sum + count, 0);
  const done = doneWords[verb](formatQuantity(doneCount, "job"));
  if (failedCount === 0) return { isGood: true, title: done, details: undefined };
  const reasons = failures
    .slice(0, messagesShown)
    .map(({ message, count }) => (count > 1 ? `${formatNumber(count)} times: ${message}` : message));
  return {
    isGood: false,
    title:
      doneCount > 0
        ? `${done} ${formatQuantity(failedCount, "job")} did not work.`
        : `${formatQuantity(failedCount, "job")} did not work.`,
    details: reasons.join("\n"),
  };
}
