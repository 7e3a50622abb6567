"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ActionResult } from "#lib/domain/action-result.ts";
import { cancelJobSet, type CancelSummary } from "#lib/providers/actions.ts";
import { showToast } from "../layout/show-toast.ts";
import { cancelSummary } from "./cancel-summary.ts";

async function cancel(jobSetId: string): Promise<CancelSummary> {
  let result: ActionResult<CancelSummary>;
  try {
    result = await cancelJobSet({ jobSetId });
  } catch (cause) {
    throw new Error("Batchmark does not answer. Check that it is running, then try again.", { cause });
  }
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** Cancels what is left of a set, with one summary; what it changed is read again. */
export function useCancelSet() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: cancel,
    onSuccess: (outcome) => showToast("success", cancelSummary(outcome)),
    onError: (error) => showToast("error", error.message),
    onSettled: () =>
      Promise.all(
        ["jobs", "job", "job-sets", "overview"].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
}
