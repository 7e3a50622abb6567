import type { JobSetSummary } from "#lib/domain/job-set-summary.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { SegmentedBar } from "../ui/segmented-bar.tsx";

/**
 * How many jobs are at their providers already, while a set is being submitted. Jobs that ended before they were sent,
 * refused or cancelled, are not on their way any more.
 */
export function LaunchProgress({ jobSet }: { jobSet: JobSetSummary }) {
  const { submittedCount, waitingCount } = jobSet;
  if (waitingCount === 0) return null;
  const sendable = submittedCount + waitingCount;
  const sentence = `${formatNumber(submittedCount)} of ${formatQuantity(sendable, "job")} submitted`;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded border border-line bg-panel px-4 py-3">
      <p role="status">
        <span className="font-medium">Launching:</span> {sentence}
      </p>
      <SegmentedBar
        className="min-w-40 flex-1"
        label={sentence}
        total={sendable}
        segments={[{ label: "submitted", count: submittedCount, className: "bg-accent" }]}
      />
      <p className="w-full text-small text-muted">
        You can leave this page: submitting goes on in the server.
      </p>
    </div>
  );
}
