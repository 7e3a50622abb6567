"use client";

import { Ban, ClipboardList, CloudOff, Download, RefreshCw } from "lucide-react";
import { isRemovable } from "#components/jobs/is-removable.ts";
import { useBulkAction } from "#components/jobs/use-bulk-action.ts";
import { Button } from "#components/ui/button.tsx";
import { lazyPart, usePreload } from "#components/ui/lazy-part.tsx";
import { LightPopover, menuEntryStyle } from "#components/ui/light-popover.tsx";
import type { Job } from "#lib/domain/job.ts";

/** Asked for only when somebody wants to cancel or delete. */
const BulkDialog = lazyPart(() =>
  import("#components/jobs/bulk-dialog.tsx").then((module) => module.BulkDialog),
);

/** What can be done with the job, and what can be taken along. */
export function JobActions({ job, onCopySummary }: { job: Job; onCopySummary: () => void }) {
  usePreload(BulkDialog);
  const action = useBulkAction();
  const selection = { kind: "some" as const, jobIds: [job.id] };
  const isCancelAsked = job.observed.cancelRequestedAt !== null;
  const { running } = action;
  return (
    <>
      {(job.collected?.lineCount ?? 0) > 0 && !job.observed.resultsPrunedAt && <Downloads jobId={job.id} />}
      <Button onClick={onCopySummary} title="Ids, times and errors as text, for a support request">
        <ClipboardList aria-hidden />
        Copy summary
      </Button>
      {job.step !== "done" && (
        <Button
          isPending={running?.verb === "check"}
          onClick={() => action.run({ verb: "check", selection })}
        >
          {running?.verb !== "check" && <RefreshCw aria-hidden />}
          Check now
        </Button>
      )}
      {job.userStatus === "IN_PROGRESS" && (
        <Button
          isDisabled={isCancelAsked}
          isPending={running?.verb === "cancel"}
          onClick={() => action.ask({ verb: "cancel", selection })}
        >
          {running?.verb !== "cancel" && <Ban aria-hidden />}
          {isCancelAsked ? "Cancellation asked" : "Cancel job"}
        </Button>
      )}
      {isRemovable(job) && (
        <Button
          isPending={running?.verb === "remove"}
          onClick={() => action.ask({ verb: "remove", selection })}
        >
          {running?.verb !== "remove" && <CloudOff aria-hidden />}
          Delete at provider
        </Button>
      )}
      {action.asked && <BulkDialog action={action} />}
    </>
  );
}

const downloads = [
  { kind: "raw", label: "Raw results", help: "The provider's own lines, JSONL" },
  { kind: "unified", label: "Unified results", help: "One shape for all providers, JSONL" },
  { kind: "csv", label: "Table", help: "Prompts beside answers, CSV" },
] as const;

function Downloads({ jobId }: { jobId: string }) {
  return (
    <LightPopover
      label="Download"
      role="menu"
      align="end"
      button={
        <>
          <Download aria-hidden />
          Download
        </>
      }
    >
      {(close) =>
        downloads.map(({ kind, label, help }) => (
          <a
            key={kind}
            role="menuitem"
            href={`/api/jobs/${jobId}/download?kind=${kind}`}
            download
            className={menuEntryStyle}
            onClick={close}
          >
            <span>
              {label}
              <span className="block text-small text-muted">{help}</span>
            </span>
          </a>
        ))
      }
    </LightPopover>
  );
}
