"use client";

import { Ban, Download, RefreshCw } from "lucide-react";
import { useState } from "react";
import { CancelJobsDialog } from "#components/jobs/cancel-jobs-dialog.tsx";
import { useJobActions } from "#components/jobs/use-job-actions.ts";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Job } from "#lib/domain/job.ts";

/** Check now, cancel, and the downloads once there is something to download. */
export function JobActions({ job }: { job: Job }) {
  const { check } = useJobActions();
  const [isAsking, setIsAsking] = useState(false);
  const isCancelAsked = job.observed.cancelRequestedAt !== null;
  return (
    <>
      {(job.collected?.lineCount ?? 0) > 0 && !job.observed.resultsPrunedAt && <Downloads jobId={job.id} />}
      {job.step !== "done" && (
        <Button isPending={check.isPending} onClick={() => check.mutate([job.id])}>
          {!check.isPending && <RefreshCw aria-hidden />}
          Check now
        </Button>
      )}
      {job.userStatus === "IN_PROGRESS" && (
        <>
          <Button isDisabled={isCancelAsked} onClick={() => setIsAsking(true)}>
            <Ban aria-hidden />
            {isCancelAsked ? "Cancellation asked" : "Cancel job"}
          </Button>
          <CancelJobsDialog jobs={[job]} isOpen={isAsking} onOpenChange={setIsAsking} />
        </>
      )}
    </>
  );
}

function Downloads({ jobId }: { jobId: string }) {
  const address = `/api/jobs/${jobId}/download`;
  return (
    <>
      <LinkButton href={`${address}?kind=raw`} download title="The provider's own result lines">
        <Download aria-hidden />
        Raw results
      </LinkButton>
      <LinkButton
        href={`${address}?kind=unified`}
        download
        title="The same shape for all providers, as JSON Lines"
      >
        <Download aria-hidden />
        Unified results
      </LinkButton>
    </>
  );
}
