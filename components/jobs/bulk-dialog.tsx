"use client";

import { useQuery } from "@tanstack/react-query";
import type { BulkPreview } from "#lib/domain/job-selection.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { ReadFailure } from "../layout/read-failure.tsx";
import { ProviderName } from "../provider-name.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CancelConsequences } from "./cancel-consequences.tsx";
import { fetchBulkPreview } from "./fetch-bulk-preview.ts";
import { StatusName } from "./status-chip.tsx";
import type { AskedAction, BulkAction } from "./use-bulk-action.ts";

const buttonWords = { cancel: "Cancel", remove: "Delete" } as const;
const leftReasons = {
  cancel: "ended already, or asked to be cancelled before.",
  remove:
    "still running, never at the provider, deleted there before, or without all of its results collected here.",
} as const;

/** Shows what an action would do, by provider and status, and asks before it does it. */
export function BulkDialog({ action }: { action: BulkAction }) {
  const { asked } = action;
  if (!asked) return null;
  return <Question asked={asked} action={action} />;
}

function Question({ asked, action }: { asked: AskedAction; action: BulkAction }) {
  const { verb, selection } = asked;
  const preview = useQuery({
    queryKey: ["bulk-preview", verb, selection],
    queryFn: ({ signal }) => fetchBulkPreview(asked, signal),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const groups = preview.data?.groups ?? [];
  const count = groups.reduce((sum, group) => sum + group.applicableCount, 0);
  const leftCount = groups.reduce((sum, group) => sum + group.jobCount - group.applicableCount, 0);
  const quantity = preview.data ? formatQuantity(count, "job") : "jobs";
  function confirm() {
    action.ask(null);
    action.run({ verb, selection });
  }
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && action.ask(null)}
      title={verb === "cancel" ? `Cancel ${quantity}?` : `Delete ${quantity} at the provider?`}
      confirmLabel={`${buttonWords[verb]} ${quantity}`}
      dismissLabel="Keep as it is"
      isDangerous
      isPending={preview.isPending}
      isDisabled={count === 0}
      onConfirm={confirm}
    >
      {verb === "cancel" ? <CancelConsequences /> : <RemoveConsequences />}
      {preview.isError ? (
        <div className="mt-3">
          <ReadFailure error={preview.error} onRetry={() => void preview.refetch()} />
        </div>
      ) : (
        <PreviewTable groups={preview.data?.groups ?? null} />
      )}
      {leftCount > 0 && (
        <p className="mt-2">
          {formatQuantity(leftCount, "selected job")} {leftCount === 1 ? "stays" : "stay"} as{" "}
          {leftCount === 1 ? "it is" : "they are"}: {leftReasons[verb]}
        </p>
      )}
    </ConfirmDialog>
  );
}

function RemoveConsequences() {
  return (
    <p>
      The provider deletes its copy of the batch, or for OpenAI its files, and this cannot be undone. The
      results collected by Batchmark stay.
    </p>
  );
}

function PreviewTable({ groups }: { groups: BulkPreview["groups"] | null }) {
  if (groups === null) return <Skeleton className="mt-3 h-24" />;
  const shown = groups.filter((group) => group.applicableCount > 0);
  if (shown.length === 0) return <p className="mt-3 font-medium text-ink">No selected job can be changed.</p>;
  return (
    <table className="mt-3 w-full text-ink">
      <thead className="text-small text-muted">
        <tr className="border-b border-line">
          <th scope="col" className="py-1 text-left font-medium">
            Provider
          </th>
          <th scope="col" className="py-1 text-left font-medium">
            Status
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Jobs
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((group) => (
          <tr key={`${group.provider} ${group.userStatus}`} className="border-b border-line last:border-b-0">
            <td className="py-1">
              <ProviderName provider={group.provider} />
            </td>
            <td className="py-1">
              <StatusName status={group.userStatus} />
            </td>
            <td className="py-1 text-right">{formatNumber(group.applicableCount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
