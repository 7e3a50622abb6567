import type { PartialCounts, StatusCounts } from "#lib/domain/job-set-summary.ts";
import { userStatuses } from "#lib/domain/user-status.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import type { BarSegment } from "../ui/segmented-bar.tsx";

export type SetCounts = {
  statusCounts: StatusCounts;
  partialCounts: PartialCounts;
  jobCount: number;
  waitingCount: number;
};

/** The jobs of a set or lane by state, in the order in which a bar shows them. */
export function jobSegmentsOf(counts: SetCounts): BarSegment[] {
  const { statusCounts, partialCounts: partial, waitingCount } = counts;
  const open = statusCounts.IN_PROGRESS;
  return [
    { label: "succeeded", count: statusCounts.SUCCEEDED - partial.SUCCEEDED, className: "bg-succeeded" },
    { label: "partial", count: partial.SUCCEEDED + partial.FAILED, className: "bg-partial" },
    { label: "failed", count: statusCounts.FAILED - partial.FAILED, className: "bg-failed" },
    { label: "timed out", count: statusCounts.CANCELLED_TIMED_OUT, className: "bg-timed-out" },
    { label: "cancelled", count: statusCounts.CANCELLED_ON_DEMAND, className: "bg-cancelled-on-demand" },
    { label: "running", count: open - waitingCount, className: "bg-in-progress" },
    { label: "waiting to be submitted", count: waitingCount, className: "bg-waiting" },
  ];
}

/** Jobs that have reached a final status. */
export function endedCountOf(statusCounts: StatusCounts): number {
  return userStatuses
    .filter((status) => status !== "IN_PROGRESS")
    .reduce((sum, status) => sum + statusCounts[status], 0);
}

/** `12 jobs: 8 succeeded, 1 failed, 3 running`. */
export function setSentence(counts: SetCounts): string {
  const parts = jobSegmentsOf(counts)
    .filter((segment) => segment.count > 0)
    .map((segment) => `${formatNumber(segment.count)} ${segment.label}`);
  const whole = formatQuantity(counts.jobCount, "job");
  return parts.length === 0 ? whole : `${whole}: ${parts.join(", ")}`;
}
