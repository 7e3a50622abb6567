"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { ActionResult } from "#lib/domain/action-result.ts";
import { cancelJobs, cancelJobSet, checkJobs } from "#lib/providers/actions.ts";
import { formatQuantity } from "../format.ts";
import { cancelSummary } from "./cancel-summary.ts";

async function run<T>(action: () => Promise<ActionResult<T>>): Promise<T> {
  let result: ActionResult<T>;
  try {
    result = await action();
  } catch (cause) {
    throw new Error("Batchmark does not answer. Check that it is running, then try again.", { cause });
  }
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** The actions on jobs, each with one summary toast; what they changed is read again. */
export function useJobActions() {
  const queryClient = useQueryClient();
  const onError = (error: Error) => toast.error(error.message);
  const onSettled = () =>
    Promise.all(
      ["jobs", "job", "job-sets", "overview"].map((name) =>
        queryClient.invalidateQueries({ queryKey: [name] }),
      ),
    );

  const cancel = useMutation({
    mutationFn: (jobIds: string[]) => run(() => cancelJobs({ jobIds })),
    onSuccess: (outcome) => toast.success(cancelSummary(outcome)),
    onError,
    onSettled,
  });
  const cancelSet = useMutation({
    mutationFn: (jobSetId: string) => run(() => cancelJobSet({ jobSetId })),
    onSuccess: (outcome) => toast.success(cancelSummary(outcome)),
    onError,
    onSettled,
  });
  const check = useMutation({
    mutationFn: (jobIds: string[]) => run(() => checkJobs({ jobIds })),
    onSuccess: ({ requestedCount }) =>
      toast.success(
        requestedCount === 0
          ? "Nothing to check: these jobs have ended."
          : `Asking the provider about ${formatQuantity(requestedCount, "job")}. What changed appears by itself.`,
      ),
    onError,
    onSettled,
  });
  return { cancel, cancelSet, check };
}
