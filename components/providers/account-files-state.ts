import type { AccountFile, AccountFilesLine, DeleteFilesLine } from "#lib/domain/account-file.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

/** What is known of the files that one provider's account holds. */
export type FilesReading = {
  provider: ProviderId;
  listing: "reading" | "done" | "failed";
  /** False where the provider keeps no files for batches. */
  holdsFiles: boolean;
  /** More files exist than were listed. */
  isCut: boolean;
  files: AccountFile[];
  failure: string | null;
};

export type FilesChange =
  | { kind: "start"; provider: ProviderId }
  | { kind: "line"; provider: ProviderId; line: AccountFilesLine }
  | { kind: "deletionLine"; provider: ProviderId; line: DeleteFilesLine };

export function newFilesReading(provider: ProviderId): FilesReading {
  return { provider, listing: "reading", holdsFiles: true, isCut: false, files: [], failure: null };
}

/** The readings of all providers after one more line of one of them. */
export function changeFilesReadings(
  readings: readonly FilesReading[],
  change: FilesChange,
): readonly FilesReading[] {
  return readings.map((reading) =>
    reading.provider === change.provider ? changed(reading, change) : reading,
  );
}

function changed(reading: FilesReading, change: FilesChange): FilesReading {
  if (change.kind === "start") return newFilesReading(reading.provider);
  const { line } = change;
  switch (line.type) {
    case "files":
      return { ...reading, files: [...reading.files, ...line.files] };
    case "progress": {
      if (line.deletedIds.length === 0) return reading;
      const deleted = new Set(line.deletedIds);
      return { ...reading, files: reading.files.filter((file) => !deleted.has(file.fileId)) };
    }
    case "end":
      if (!("holdsFiles" in line)) return reading;
      return { ...reading, listing: "done", holdsFiles: line.holdsFiles, isCut: line.isCut };
    case "failure":
      // What went wrong in a deletion is told at its end; the list stands as it is.
      return change.kind === "line" ? { ...reading, listing: "failed", failure: line.message } : reading;
  }
}

export const fileFilters = ["all", "deletable", "foreign"] as const;
export type FileFilter = (typeof fileFilters)[number];

/** The files of all providers, newest first; those without a creation time come last. */
export function filesOf(readings: readonly FilesReading[], filter: FileFilter): AccountFile[] {
  return readings
    .flatMap((reading) => reading.files)
    .filter((file) => filter === "all" || file.state === filter)
    .toSorted((left, right) => (right.createdAt?.getTime() ?? 0) - (left.createdAt?.getTime() ?? 0));
}

/** How many, and how large together; `isExact` is false when a size among them is unknown. */
export type FilesSize = { count: number; sizeBytes: number; isExact: boolean };

export function sizeOfFiles(files: readonly AccountFile[]): FilesSize {
  return {
    count: files.length,
    sizeBytes: files.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0),
    isExact: files.every((file) => file.sizeBytes !== null),
  };
}
