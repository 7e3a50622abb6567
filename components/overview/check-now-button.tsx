"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { messageOf } from "#lib/domain/errors.ts";
import { showToast } from "../layout/show-toast.ts";
import { Button } from "../ui/button.tsx";

/** Makes the next look at a job due now. What it takes is loaded at the first press. */
export function CheckNowButton({ jobId, name }: { jobId: string; name: string }) {
  const queryClient = useQueryClient();
  const [isPending, setIsPending] = useState(false);
  async function check() {
    setIsPending(true);
    try {
      const { runBulk } = await import("../jobs/run-bulk.ts");
      const selection = { kind: "some" as const, jobIds: [jobId] };
      let last = null;
      for await (const progress of runBulk({ verb: "check", selection }, new AbortController().signal)) {
        last = progress;
      }
      const { bulkSummary } = await import("../jobs/bulk-summary.ts");
      const summary = bulkSummary("check", last);
      void showToast(summary.isGood ? "success" : "warning", summary.title, { description: summary.details });
    } catch (error) {
      void showToast("error", messageOf(error));
    } finally {
      setIsPending(false);
      void queryClient.invalidateQueries({ queryKey: ["overview"] });
    }
  }
  return (
    <Button
      size="small"
      isPending={isPending}
      aria-label={`Check job ${name} now`}
      onClick={() => void check()}
    >
      {!isPending && <RefreshCw aria-hidden />}
      Check now
    </Button>
  );
}
