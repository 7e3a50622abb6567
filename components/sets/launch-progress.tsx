import type { JobSetSummary } from "#lib/domain/job-set-summary.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { SegmentedBar } from "../ui/segmented-bar.tsx";
import { jobSegmentsOf } from "./set-progress.ts";

/** Whether jobs of the set still wait to be handed to their providers. */
export function isSubmitting(jobSet: JobSetSummary): boolean {
  return jobSegmentsOf(jobSet).some(
    (segment) => segment.label === "waiting to be submitted" && segment.count > 0,
  );
}

/** How many jobs are at their providers already, while a set is being submitted. */
export function LaunchProgress({ jobSet }: { jobSet: JobSetSummary }) {
  if (!isSubmitting(jobSet)) return null;
  const { submittedCount, jobCount } = jobSet;
  const sentence = `${formatNumber(submittedCount)} of ${formatQuantity(jobCount, "job")} submitted`;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded border border-line bg-panel px-4 py-3">
      <p role="status">
        <span className="font-medium">Launching:</span> {sentence}
      </p>
      <SegmentedBar
        className="min-w-40 flex-1"
        label={sentence}
        total={jobCount}
        segments={[{ label: "submitted", count: submittedCount, className: "bg-accent" }]}
      />
      <p className="w-full text-small text-muted">
        You can leave this page: submitting goes on in the server.
      </p>
    </div>
  );
}
