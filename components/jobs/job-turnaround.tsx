"use client";

import type { Job } from "#lib/domain/job.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { isTerminal } from "#lib/domain/user-status.ts";
import { formatDuration } from "../format.ts";
import { useNow } from "../layout/use-now.ts";
import { Unknown } from "../ui/unknown.tsx";

type TimedJob = Pick<Job, "userStatus" | "reported" | "observed">;

/** The turnaround of an ended job by the provider's clock, or the age so far of one that still runs. */
export function JobTurnaround({ job }: { job: TimedJob }) {
  if (!isTerminal(job.userStatus)) {
    return (
      <AgeSoFar
        since={job.reported.createdAt ?? job.observed.launchedAt}
        isQueued={!job.reported.createdAt}
      />
    );
  }
  const seconds = turnaroundSecondsOf(job.reported);
  if (seconds === null) return <Unknown title="Unknown: the provider gave no creation or end time" />;
  return <span title="From creation to end, by the provider's clock">{formatDuration(seconds)}</span>;
}

function AgeSoFar({ since, isQueued }: { since: Date; isQueued: boolean }) {
  const now = useNow();
  const seconds = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000));
  return (
    <span
      className="text-muted"
      title={isQueued ? "So far, since it was launched" : "So far, since the provider created it"}
    >
      {formatDuration(seconds)}
      <span aria-hidden> …</span>
      <span className="sr-only"> so far</span>
    </span>
  );
}
