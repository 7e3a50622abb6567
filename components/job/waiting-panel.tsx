"use client";

import { Sentence } from "#components/sentence.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useNow } from "#components/layout/use-now.ts";
import type { JobDetail } from "#lib/domain/job-detail.ts";
import { waitingReasons } from "./waiting-reasons.ts";

/** Why the job is not done, and what happens next; absent when it is. */
export function WaitingPanel({ detail }: { detail: JobDetail }) {
  const reasons = waitingReasons(detail, useNow());
  if (reasons.length === 0) return null;
  return (
    <Panel title="Why is this waiting?">
      <ul className="flex max-w-[70ch] flex-col gap-1.5">
        {reasons.map((reason, index) => (
          <li key={index} className="[overflow-wrap:anywhere]">
            <Sentence parts={reason} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
