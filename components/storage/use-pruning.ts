"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { showToast } from "../layout/show-toast.ts";
import type { PruneInput, PrunePreview } from "#lib/domain/prune.ts";
import { previewPruning, pruneStorage } from "#lib/providers/actions.ts";
import { runAction } from "../layout/run-action.ts";
import { describeKept, describeSummary } from "./prune-text.ts";

export type PlannedPruning = { input: PruneInput; preview: PrunePreview };

/** A deletion in two steps: what it would take, then the deletion itself once it is confirmed. */
export function usePruning() {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [planned, setPlanned] = useState<PlannedPruning | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const onError = (error: Error) => void showToast("error", error.message);

  const plan = useMutation({
    mutationFn: (input: PruneInput) => runAction(() => previewPruning(input)),
    onSuccess: (preview, input) => {
      if (preview.jobCount === 0) {
        void showToast("info", `Nothing to delete. ${describeKept(input, preview) ?? ""}`);
        return;
      }
      setPlanned({ input, preview });
      setIsOpen(true);
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (input: PruneInput) => runAction(() => pruneStorage(input)),
    onSuccess: (summary, input) => void showToast("success", describeSummary(input, summary)),
    onError,
    onSettled: async () => {
      setIsOpen(false);
      router.refresh();
      await queryClient.invalidateQueries();
    },
  });
  return { planned, isOpen, setIsOpen, plan, remove };
}
