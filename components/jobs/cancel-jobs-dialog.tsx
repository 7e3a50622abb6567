"use client";

import { isTerminal } from "#lib/domain/user-status.ts";
import type { Job } from "#lib/domain/job.ts";
import { formatQuantity } from "../format.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useJobActions } from "./use-job-actions.ts";

type CancelJobsDialogProps = {
  /** The chosen jobs; those that have ended are left as they are. */
  jobs: readonly Pick<Job, "id" | "userStatus">[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onDone?: () => void;
};

/** Asks before jobs are cancelled, and says how many it will be. */
export function CancelJobsDialog({ jobs, isOpen, onOpenChange, onDone }: CancelJobsDialogProps) {
  const { cancel } = useJobActions();
  const open = jobs.filter((job) => !isTerminal(job.userStatus));
  const endedCount = jobs.length - open.length;
  const quantity = formatQuantity(open.length, "job");

  function confirm() {
    cancel.mutate(
      open.map((job) => job.id),
      {
        onSuccess: () => onDone?.(),
        onSettled: () => onOpenChange(false),
      },
    );
  }

  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Cancel ${quantity}?`}
      confirmLabel={`Cancel ${quantity}`}
      dismissLabel={open.length === 1 ? "Keep it running" : "Keep them running"}
      isDangerous
      isPending={cancel.isPending}
      onConfirm={confirm}
    >
      <CancelConsequences />
      {endedCount > 0 && (
        <p className="mt-2">
          {formatQuantity(endedCount, "selected job")} {endedCount === 1 ? "has" : "have"} already ended and{" "}
          {endedCount === 1 ? "stays" : "stay"} as {endedCount === 1 ? "it is" : "they are"}.
        </p>
      )}
    </ConfirmDialog>
  );
}

/** What cancelling means, in the words of every dialog that offers it. */
export function CancelConsequences() {
  return (
    <p>
      The provider stops as soon as it can. Requests that it has already answered stay answered and may be
      charged. A cancelled job cannot be resumed.
    </p>
  );
}
