"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { cancelJobs, cancelJobSet, checkJobs } from "#lib/providers/actions.ts";
import { formatQuantity } from "../format.ts";
import { runAction } from "../layout/run-action.ts";
import { cancelSummary } from "./cancel-summary.ts";

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
    mutationFn: (jobIds: string[]) => runAction(() => cancelJobs({ jobIds })),
    onSuccess: (outcome) => toast.success(cancelSummary(outcome)),
    onError,
    onSettled,
  });
  const cancelSet = useMutation({
    mutationFn: (jobSetId: string) => runAction(() => cancelJobSet({ jobSetId })),
    onSuccess: (outcome) => toast.success(cancelSummary(outcome)),
    onError,
    onSettled,
  });
  const check = useMutation({
    mutationFn: (jobIds: string[]) => runAction(() => checkJobs({ jobIds })),
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
