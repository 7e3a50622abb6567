"use client";

import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { confirmLabel, describeKept, describePreview } from "./prune-text.ts";
import type { usePruning } from "./use-pruning.ts";

/** Says what a deletion takes and what it leaves, before it is done. */
export function PruneDialog({ pruning }: { pruning: ReturnType<typeof usePruning> }) {
  const { planned, isOpen, setIsOpen, remove } = pruning;
  if (!planned) return null;
  const { input, preview } = planned;
  const kept = describeKept(input, preview);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      title={`${confirmLabel(input, preview)}?`}
      confirmLabel={confirmLabel(input, preview)}
      isDangerous
      isPending={remove.isPending}
      onConfirm={() => remove.mutate(input)}
    >
      <p>{describePreview(input, preview)}</p>
      {kept && <p className="mt-2">{kept}</p>}
      <p className="mt-2">Nothing is deleted at a provider. This cannot be undone.</p>
    </ConfirmDialog>
  );
}
