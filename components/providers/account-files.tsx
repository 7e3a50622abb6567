"use client";

import { LoaderCircle, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import type { AccountFile } from "#lib/domain/account-file.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { showToast } from "../layout/show-toast.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { FilterToggle } from "../ui/filter-toggle.tsx";
import { Pagination } from "../ui/pagination.tsx";
import {
  fileFilters,
  filesOf,
  sizeOfFiles,
  type FileFilter,
  type FilesReading,
} from "./account-files-state.ts";
import { AccountFilesTable } from "./account-files-table.tsx";
import { describeDeletion, describeFiles, providerWords, sizeWords } from "./account-files-words.ts";
import { ProviderReadingRow } from "./provider-reading-row.tsx";
import { useAccountFiles, type AccountFiles } from "./use-account-files.ts";

const pageSize = 25;

const filterLabels: Record<FileFilter, string> = {
  all: "All",
  deletable: "Can be deleted",
  foreign: "Not ours",
};

/** What the accounts hold, provider by provider, and the deletion of what is not needed any more. */
export function AccountFilesOverview({ providers }: { providers: readonly ProviderId[] }) {
  const files = useAccountFiles(providers);
  const [filter, setFilter] = useState<FileFilter>("all");
  const [page, setPage] = useState(1);
  const lists = useMemo(() => listsOf(files.readings), [files.readings]);
  const shown = lists[filter];
  const lastPage = Math.max(1, Math.ceil(shown.length / pageSize));
  const currentPage = Math.min(page, lastPage);
  return (
    <>
      <FilesReadings readings={files.readings} onRetry={files.retry} />
      {files.readings.some((reading) => reading.files.length > 0) && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2">
          <div role="group" aria-label="Which files" className="flex flex-wrap gap-1.5">
            {fileFilters.map((choice) => (
              <FilterToggle
                key={choice}
                isOn={choice === filter}
                onToggle={() => {
                  setFilter(choice);
                  setPage(1);
                }}
              >
                {filterLabels[choice]}{" "}
                <span className="text-muted">{formatNumber(lists[choice].length)}</span>
              </FilterToggle>
            ))}
          </div>
          <p className="mr-auto text-small text-muted">{sizeWords(sizeOfFiles(shown))}</p>
          <DeleteFiles files={files} deletable={lists.deletable} />
        </div>
      )}
      <ListedFiles
        rows={shown.slice((currentPage - 1) * pageSize, currentPage * pageSize)}
        readings={files.readings}
        filter={filter}
      />
      <Pagination page={currentPage} pageSize={pageSize} total={shown.length} noun="file" onPage={setPage} />
    </>
  );
}

function listsOf(readings: readonly FilesReading[]): Record<FileFilter, AccountFile[]> {
  const of = (filter: FileFilter) => filesOf(readings, filter);
  return { all: of("all"), deletable: of("deletable"), foreign: of("foreign") };
}

type FilesReadingsProps = {
  readings: readonly FilesReading[];
  onRetry: (provider: ProviderId) => void;
};

function FilesReadings({ readings, onRetry }: FilesReadingsProps) {
  return (
    <ul>
      {readings.map((reading) => (
        <ProviderReadingRow
          key={reading.provider}
          provider={reading.provider}
          state={describeFiles(reading)}
          failure={reading.failure}
        >
          {reading.listing === "reading" ? (
            <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" />
          ) : (
            reading.holdsFiles && (
              <Button size="small" onClick={() => onRetry(reading.provider)}>
                {reading.listing === "failed" ? "Try again" : "List again"}
              </Button>
            )
          )}
        </ProviderReadingRow>
      ))}
    </ul>
  );
}

function ListedFiles({
  rows,
  readings,
  filter,
}: {
  rows: readonly AccountFile[];
  readings: readonly FilesReading[];
  filter: FileFilter;
}) {
  if (rows.length > 0) return <AccountFilesTable files={rows} />;
  const isReading = readings.some((reading) => reading.listing === "reading");
  const failedCount = readings.filter((reading) => reading.listing === "failed").length;
  if (isReading)
    return <EmptyState title="Asking the providers">Files appear here as the lists arrive.</EmptyState>;
  if (failedCount === readings.length) {
    return (
      <EmptyState title="No list could be read">
        What went wrong stands above. Try again when it is mended.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={filter === "all" ? "No files are held" : "No such file"}>
      {filter === "deletable"
        ? "A file can be deleted here when all jobs that use it were launched here, are over, and have their results stored."
        : failedCount > 0
          ? "A provider could not be read; what went wrong stands above."
          : "Files appear when jobs are launched, and go when they expire."}
    </EmptyState>
  );
}

/** Deletes every file that is not needed any more, after saying how many and how much. */
function DeleteFiles({ files, deletable }: { files: AccountFiles; deletable: readonly AccountFile[] }) {
  const { readings, deletion, deleteFiles, stop } = files;
  const [asked, setAsked] = useState<readonly AccountFile[]>([]);
  const [isOpen, setIsOpen] = useState(false);
  const isReading = readings.some((reading) => reading.listing === "reading");

  async function run() {
    setIsOpen(false);
    const { isGood, title, details } = describeDeletion(await deleteFiles(asked));
    void showToast(isGood ? "success" : "warning", title, { description: details });
  }

  if (deletion) {
    return (
      <div className="flex items-center gap-3">
        <p role="status" className="text-small text-muted">
          Deleting: {formatNumber(deletion.deletedCount)} of {formatQuantity(deletion.wantedCount, "file")}
        </p>
        <Button size="small" onClick={stop}>
          Stop
        </Button>
      </div>
    );
  }
  const size = sizeWords(sizeOfFiles(asked));
  return (
    <>
      <Button
        variant="danger"
        isDisabled={isReading || deletable.length === 0}
        onClick={() => {
          setAsked(deletable);
          setIsOpen(true);
        }}
      >
        <Trash2 aria-hidden />
        {deletable.length === 0 ? "Nothing to delete" : `Delete ${sizeWords(sizeOfFiles(deletable))}`}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={`Delete ${size}?`}
        confirmLabel={`Delete ${formatQuantity(asked.length, "file")}`}
        isDangerous
        onConfirm={() => void run()}
      >
        <p>
          {size} {asked.length === 1 ? "is" : "are"} deleted at{" "}
          {providerWords([...new Set(asked.map((file) => file.provider))])}: uploaded requests and result
          files of jobs that were launched here, are over, and have their results stored here.
        </p>
        <p className="mt-2">
          Files of other jobs and files that are not ours stay. The results stored here stay. This cannot be
          undone.
        </p>
      </ConfirmDialog>
    </>
  );
}
