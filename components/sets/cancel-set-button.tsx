"use client";

import { Ban } from "lucide-react";
import { useState } from "react";
import type { JobSetSummary } from "#lib/domain/job-set-summary.ts";
import { formatQuantity } from "../format.ts";
import { CancelConsequences } from "../jobs/cancel-consequences.tsx";
import { useCancelSet } from "./use-cancel-set.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";

/** Cancels every job of a set that has not ended; absent when all have. */
export function CancelSetButton({ jobSet }: { jobSet: JobSetSummary }) {
  const [isAsking, setIsAsking] = useState(false);
  const cancelSet = useCancelSet();
  const openCount = jobSet.statusCounts.IN_PROGRESS;
  if (openCount === 0 && !isAsking) return null;
  const quantity = formatQuantity(openCount, "job");
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>
        <Ban aria-hidden />
        Cancel what is left
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Cancel the ${quantity} that ${openCount === 1 ? "is" : "are"} left?`}
        confirmLabel={`Cancel ${quantity}`}
        dismissLabel={openCount === 1 ? "Keep it running" : "Keep them running"}
        isDangerous
        isPending={cancelSet.isPending}
        onConfirm={() => cancelSet.mutate(jobSet.id, { onSettled: () => setIsAsking(false) })}
      >
        <CancelConsequences />
        <p className="mt-2">Jobs of this set that have already ended stay as they are.</p>
      </ConfirmDialog>
    </>
  );
}
