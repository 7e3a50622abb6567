"use client";

import { Ban, CloudOff, Download, RefreshCw, SquareArrowOutUpRight } from "lucide-react";
import Link from "next/link";
import type { JobListItem } from "#lib/domain/job-page.ts";
import { isTerminal } from "#lib/domain/user-status.ts";
import { classNames } from "../ui/class-names.ts";
import { menuEntryStyle } from "../ui/light-popover.tsx";
import { isRemovable } from "./is-removable.ts";
import type { BulkAction } from "./use-bulk-action.ts";

export type JobRowEntriesProps = { job: JobListItem; action: BulkAction; onChoose: () => void };

/** The entries of the menu of one job. */
export function JobRowEntries({ job, action, onChoose }: JobRowEntriesProps) {
  const selection = { kind: "some" as const, jobIds: [job.id] };
  const isEnded = isTerminal(job.userStatus);
  const isCancelAsked = job.observed.cancelRequestedAt !== null;
  function choose(act: () => void) {
    onChoose();
    act();
  }
  return (
    <>
      <Link role="menuitem" href={`/jobs/${job.id}`} className={menuEntryStyle}>
        <SquareArrowOutUpRight aria-hidden />
        Open job
      </Link>
      <button
        type="button"
        role="menuitem"
        className={menuEntryStyle}
        disabled={job.step === "done" || action.isBusy}
        onClick={() => choose(() => action.run({ verb: "check", selection }))}
      >
        <RefreshCw aria-hidden />
        Check now
      </button>
      {(job.collected?.lineCount ?? 0) > 0 && (
        <a
          role="menuitem"
          href={`/api/jobs/${job.id}/download?kind=unified`}
          download
          className={menuEntryStyle}
        >
          <Download aria-hidden />
          Download results
        </a>
      )}
      <button
        type="button"
        role="menuitem"
        className={classNames(menuEntryStyle, !isEnded && !isCancelAsked && "text-failed")}
        disabled={isEnded || isCancelAsked || action.isBusy}
        onClick={() => choose(() => action.ask({ verb: "cancel", selection }))}
      >
        <Ban aria-hidden />
        Cancel job
      </button>
      <button
        type="button"
        role="menuitem"
        className={classNames(menuEntryStyle, isRemovable(job) && "text-failed")}
        disabled={!isRemovable(job) || action.isBusy}
        onClick={() => choose(() => action.ask({ verb: "remove", selection }))}
      >
        <CloudOff aria-hidden />
        Delete at provider
      </button>
    </>
  );
}
