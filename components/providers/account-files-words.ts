import { accountFileLimits, type AccountFileState } from "#lib/domain/account-file.ts";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { formatBytes, formatNumber, formatQuantity } from "../format.ts";
import { sizeOfFiles, type FilesReading, type FilesSize } from "./account-files-state.ts";

/** What a file is to this installation; a link to its job stands beside it. */
export const fileStateWords: Record<AccountFileState, string> = {
  deletable: "over, results stored here",
  running: "not over yet",
  uncollected: "its results are not here",
  adopted: "launched elsewhere",
  named: "by its name only",
  foreign: "not ours",
};

/** `1,204 files with 48 MB`; `at least` where a size is unknown. */
export function sizeWords({ count, sizeBytes, isExact }: FilesSize): string {
  return `${formatQuantity(count, "file")} with ${isExact ? "" : "at least "}${formatBytes(sizeBytes)}`;
}

/** One provider's files in a sentence or two. */
export function describeFiles(reading: FilesReading): string {
  const { listing, holdsFiles, isCut, files } = reading;
  if (listing === "done" && !holdsFiles) {
    return "Holds no files: requests travel in the call, and results live with their batch.";
  }
  const held = sizeWords(sizeOfFiles(files));
  if (listing === "reading") return files.length === 0 ? "Asking…" : `${held} so far`;
  if (listing === "failed") return files.length === 0 ? "" : `${held}, then it broke off.`;
  if (files.length === 0) return "No file.";
  const deletable = files.filter((file) => file.state === "deletable");
  const cut = isCut
    ? ` More than ${formatNumber(accountFileLimits.listed)} are held; the rest is not listed.`
    : "";
  const share =
    deletable.length === 0
      ? "None can be deleted here."
      : `${sizeWords(sizeOfFiles(deletable))} can be deleted.`;
  return `${held}. ${share}${cut}`;
}

/** `OpenAI`, `OpenAI and Google`. */
export function providerWords(providers: readonly ProviderId[]): string {
  return new Intl.ListFormat("en-GB").format(providers.map((provider) => providerLabels[provider]));
}

export type DeletionOutcome = {
  wantedCount: number;
  deletedCount: number;
  deletedBytes: number;
  keptCount: number;
  failures: { message: string; count: number }[];
};

const messagesShown = 3;

/** What came of a deletion: one sentence, and the reasons of what did not work. */
export function describeDeletion(outcome: DeletionOutcome): {
  isGood: boolean;
  title: string;
  details: string | undefined;
} {
  const { wantedCount, deletedCount, deletedBytes, keptCount, failures } = outcome;
  const done = `${formatQuantity(deletedCount, "file")} with ${formatBytes(deletedBytes)} deleted at the providers.`;
  const failedCount = failures.reduce((sum, { count }) => sum + count, 0);
  const leftCount = Math.max(0, wantedCount - deletedCount - keptCount - failedCount);
  const rest = [
    keptCount > 0 && `${formatQuantity(keptCount, "file")} kept: needed again, or no longer ours to delete.`,
    failedCount > 0 && `${formatQuantity(failedCount, "file")} could not be deleted.`,
    leftCount > 0 && `${formatQuantity(leftCount, "file")} not tried.`,
  ].filter((sentence) => sentence !== false);
  const reasons = failures
    .slice(0, messagesShown)
    .map(({ message, count }) => (count > 1 ? `${formatNumber(count)} times: ${message}` : message));
  return {
    isGood: rest.length === 0,
    title: [done, ...rest].join(" "),
    details: reasons.length === 0 ? undefined : reasons.join("\n"),
  };
}
