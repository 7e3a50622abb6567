"use client";

import { Ban, CloudOff, Download, FileSpreadsheet, FileText, RefreshCw, Square, X } from "lucide-react";
import type { ReactNode } from "react";
import { formatNumber, formatQuantity } from "../format.ts";
import { Button } from "../ui/button.tsx";
import { runningWords } from "./bulk-summary.ts";
import { downloadFile } from "./download-file.ts";
import type { BulkAction } from "./use-bulk-action.ts";
import type { JobSelectionState } from "./use-job-selection.ts";

type JobSelectionBarProps = {
  selection: JobSelectionState;
  action: BulkAction;
  /** Jobs of the filter, selected or not. */
  total: number;
  onSelectAll: () => void;
};

/** What can be done with the selected jobs, and how far it is; comes from below while there are any. */
export function JobSelectionBar({ selection, action, total, onSelectAll }: JobSelectionBarProps) {
  if (action.running)
    return (
      <BarFrame>
        <RunningAction action={action} />
      </BarFrame>
    );
  const chosen = selection.selection;
  if (!chosen) return null;
  const hasOpen = selection.openCount === null || selection.openCount > 0;
  return (
    <BarFrame onEscape={selection.clear}>
      <span role="status" className="font-medium whitespace-nowrap">
        {selection.isMatching && "All "}
        {formatQuantity(selection.count, "job")} selected
      </span>
      {!selection.isMatching && total > selection.count && (
        <Button size="small" variant="ghost" className="max-sm:hidden" onClick={onSelectAll}>
          Select all {formatNumber(total)}
        </Button>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-1.5">
        <BarButton
          label="Check now"
          icon={<RefreshCw aria-hidden />}
          isDisabled={!hasOpen}
          onClick={() => action.run({ verb: "check", selection: chosen })}
        />
        <BarButton
          label="Download results"
          icon={<Download aria-hidden />}
          onClick={() => downloadFile(chosen, "results")}
        />
        <BarButton
          label="Report file"
          icon={<FileText aria-hidden />}
          onClick={() => downloadFile(chosen, "reports")}
        />
        <BarButton
          label="CSV"
          icon={<FileSpreadsheet aria-hidden />}
          onClick={() => downloadFile(chosen, "csv")}
        />
        <BarButton
          label="Cancel"
          icon={<Ban aria-hidden />}
          isDisabled={!hasOpen}
          onClick={() => action.ask({ verb: "cancel", selection: chosen })}
        />
        <BarButton
          label="Delete at provider"
          icon={<CloudOff aria-hidden />}
          onClick={() => action.ask({ verb: "remove", selection: chosen })}
        />
        <Button size="small" variant="ghost" isIcon aria-label="Clear selection" onClick={selection.clear}>
          <X aria-hidden />
        </Button>
      </span>
    </BarFrame>
  );
}

/** Escape lets go of the selection here as it does in the list. */
function BarFrame({ onEscape, children }: { onEscape?: () => void; children: ReactNode }) {
  return (
    <>
      <div aria-hidden className="h-16 max-sm:h-28" />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears the keys of its buttons */}
      <div
        role="region"
        aria-label="Selected jobs"
        onKeyDown={(event) => event.key === "Escape" && onEscape?.()}
        className="fixed inset-x-3 bottom-[calc(4rem+env(safe-area-inset-bottom))] z-30 mx-auto flex max-w-5xl animate-slide-in flex-wrap items-center gap-2 rounded border border-line bg-panel px-3 py-2 shadow-popup sm:bottom-4"
      >
        {children}
      </div>
    </>
  );
}

type BarButtonProps = { label: string; icon: ReactNode; isDisabled?: boolean; onClick: () => void };

/** On narrow screens the icon alone; the name stays for screen readers and on hover. */
function BarButton({ label, icon, isDisabled, onClick }: BarButtonProps) {
  return (
    <Button size="small" title={label} isDisabled={isDisabled} onClick={onClick}>
      {icon}
      <span className="max-lg:sr-only">{label}</span>
    </Button>
  );
}

function RunningAction({ action }: { action: BulkAction }) {
  if (!action.running) return null;
  const { verb, progress } = action.running;
  const failedCount = progress?.failures.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const handledCount = (progress?.doneCount ?? 0) + failedCount;
  const words = progress
    ? `${formatNumber(handledCount)} of ${formatQuantity(progress.totalCount, "job")}`
    : "starting";
  return (
    <>
      <span role="status" className="font-medium whitespace-nowrap">
        {runningWords[verb]}: {words}
      </span>
      <progress
        aria-label={runningWords[verb]}
        className="h-2 min-w-10 flex-1 accent-accent"
        max={Math.max(1, progress?.totalCount ?? 1)}
        value={progress ? handledCount : undefined}
      />
      <Button size="small" onClick={action.stop}>
        <Square aria-hidden />
        Stop
      </Button>
    </>
  );
}
