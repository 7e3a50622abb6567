"use client";

import type { JobListItem } from "#lib/domain/job-page.ts";
import { describeBasis, estimateWords } from "./estimate-words.ts";
import { useNow } from "../layout/use-now.ts";
import { Unknown } from "../ui/unknown.tsx";

/** When a running job will probably end, as a range from now; what it rests on is on hover. */
export function JobEndEstimate({ job }: { job: JobListItem }) {
  const now = useNow(10);
  if (job.userStatus !== "IN_PROGRESS") return null;
  const { estimate } = job;
  if (!estimate) return <Unknown title="Too few jobs like this one have ended to say" />;
  return (
    <span className="text-muted" title={describeBasis(estimate)}>
      {estimateWords(estimate, now)}
    </span>
  );
}
