import type { Job } from "#lib/domain/job.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { SegmentedBar, type BarSegment } from "../ui/segmented-bar.tsx";

type ProgressJob = Pick<Job, "counts" | "requestCount" | "userStatus" | "step">;

/** How the requests of a job came out so far, as a bar and as `N/M`. A provider that says nothing yet gives `—/M`. */
export function JobProgress({ job }: { job: ProgressJob }) {
  const { segments, doneCount, total } = progressOf(job);
  const label = progressLabel(job);
  return (
    <div className="flex min-w-24 items-center gap-2" title={label}>
      <SegmentedBar segments={segments} total={total ?? 0} label={label} className="flex-1" />
      <span aria-hidden className="min-w-12 text-right text-small whitespace-nowrap text-muted">
        {doneCount === null ? "—" : formatNumber(doneCount)}/{total === null ? "—" : formatNumber(total)}
      </span>
    </div>
  );
}

/** The finished requests by outcome. `doneCount` is null while the provider has not said; `total` when nobody knows. */
export function progressOf({ counts, requestCount }: Pick<Job, "counts" | "requestCount">): {
  segments: BarSegment[];
  doneCount: number | null;
  total: number | null;
} {
  const parts = [counts.succeeded, counts.failed, counts.expired, counts.cancelled];
  const isUnknown = parts.every((part) => part === null);
  return {
    segments: [
      { label: "succeeded", count: counts.succeeded ?? 0, className: "bg-succeeded" },
      { label: "failed", count: counts.failed ?? 0, className: "bg-failed" },
      { label: "expired", count: counts.expired ?? 0, className: "bg-timed-out" },
      { label: "cancelled", count: counts.cancelled ?? 0, className: "bg-cancelled-on-demand" },
    ],
    doneCount: isUnknown ? null : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0),
    total: counts.total ?? requestCount,
  };
}

function progressLabel(job: ProgressJob): string {
  const { segments, doneCount, total } = progressOf(job);
  const whole = total === null ? "an unknown number of requests" : formatQuantity(total, "request");
  if (doneCount === null) {
    if (job.userStatus === "IN_PROGRESS" && job.step === "submit") return `Not at the provider yet: ${whole}`;
    return `The provider has not said how many of ${whole} are done`;
  }
  const named = segments.filter((segment) => segment.count > 0);
  if (named.length === 0) return `0 of ${whole} done`;
  return `${named.map((segment) => `${formatNumber(segment.count)} ${segment.label}`).join(", ")} of ${whole}`;
}
