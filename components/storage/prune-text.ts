import { formatBytes, formatQuantity } from "#components/format.ts";
import type { PruneInput, PrunePreview, PruneSummary } from "#lib/domain/prune.ts";

/** What a deletion will take, before it is confirmed. */
export function describePreview(input: PruneInput, preview: PrunePreview): string {
  const size = formatBytes(preview.resultBytes);
  const lines = formatQuantity(preview.resultLineCount, "result line");
  if (input.subject === "results") {
    return `The result files and ${lines} of ${formatQuantity(preview.jobCount, "job")} are deleted here: ${size}. The jobs stay, with their times, counts and tokens.`;
  }
  return `${formatQuantity(preview.jobCount, "job")} with all that is known of them, ${lines} and ${size} of result files are deleted here. They no longer count in any comparison.`;
}

/** Why some of the chosen jobs stay; null when none does. */
export function describeKept(input: PruneInput, { keptJobCount }: PrunePreview): string | null {
  if (keptJobCount === 0) return null;
  const jobs = formatQuantity(keptJobCount, "job");
  return input.subject === "results"
    ? `${jobs} not over yet ${keptJobCount === 1 ? "stays" : "stay"}.`
    : `${jobs} ${keptJobCount === 1 ? "stays" : "stay"}: a job set goes as a whole, when all of its jobs are over and old enough.`;
}

/** Says what it does: "Delete results of 12 jobs". */
export function confirmLabel({ subject }: PruneInput, { jobCount }: PrunePreview): string {
  const jobs = formatQuantity(jobCount, "job");
  return subject === "results" ? `Delete results of ${jobs}` : `Delete ${jobs}`;
}

export function describeSummary({ subject }: PruneInput, { jobCount, resultBytes }: PruneSummary): string {
  const what =
    subject === "results" ? `Results of ${formatQuantity(jobCount, "job")}` : formatQuantity(jobCount, "job");
  return `${what} deleted, ${formatBytes(resultBytes)} of files.`;
}
