"use client";

import { Ban, RefreshCw, X } from "lucide-react";
import { useState } from "react";
import type { JobListItem } from "#lib/domain/job-page.ts";
import { isTerminal } from "#lib/domain/user-status.ts";
import { formatQuantity } from "../format.ts";
import { ExportReportsLink } from "../reports/export-reports-link.tsx";
import { Button } from "../ui/button.tsx";
import { CancelJobsDialog } from "./cancel-jobs-dialog.tsx";
import { useJobActions } from "./use-job-actions.ts";

/** What can be done with the selected rows; comes from below while there are any. */
export function JobSelectionBar({ jobs, onClear }: { jobs: readonly JobListItem[]; onClear: () => void }) {
  const [isCancelling, setIsCancelling] = useState(false);
  const { check } = useJobActions();
  if (jobs.length === 0) return null;
  const open = jobs.filter((job) => !isTerminal(job.userStatus));
  return (
    <>
      <div aria-hidden className="h-16" />
      <div
        role="region"
        aria-label="Selected jobs"
        className="fixed inset-x-3 bottom-[calc(4rem+env(safe-area-inset-bottom))] z-30 mx-auto flex max-w-xl animate-slide-in items-center gap-2 rounded border border-line bg-panel px-3 py-2 shadow-popup sm:bottom-4"
      >
        <span role="status" className="mr-auto font-medium">
          {formatQuantity(jobs.length, "job")} selected{open.length === 0 && ", already ended"}
        </span>
        <Button
          size="small"
          isDisabled={open.length === 0}
          onClick={() => check.mutate(open.map((job) => job.id))}
        >
          <RefreshCw aria-hidden />
          <span className="max-sm:sr-only">Check now</span>
        </Button>
        <ExportReportsLink jobs={jobs} />
        <Button
          size="small"
          variant="danger"
          isDisabled={open.length === 0}
          onClick={() => setIsCancelling(true)}
        >
          <Ban aria-hidden />
          {open.length === 0 ? "Cancel" : `Cancel ${formatQuantity(open.length, "job")}`}
        </Button>
        <Button size="small" variant="ghost" isIcon aria-label="Clear selection" onClick={onClear}>
          <X aria-hidden />
        </Button>
      </div>
      <CancelJobsDialog jobs={jobs} isOpen={isCancelling} onOpenChange={setIsCancelling} onDone={onClear} />
    </>
  );
}
