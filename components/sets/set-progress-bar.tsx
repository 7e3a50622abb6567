import { formatNumber } from "../format.ts";
import { classNames } from "../ui/class-names.ts";
import { SegmentedBar } from "../ui/segmented-bar.tsx";
import { endedCountOf, jobSegmentsOf, setSentence, type SetCounts } from "./set-progress.ts";

/** How far the jobs of a set or lane are: a bar by state, and `N/M ended`. */
export function SetProgressBar({ counts, className }: { counts: SetCounts; className?: string }) {
  const label = setSentence(counts);
  return (
    <div className={classNames("flex min-w-40 items-center gap-2", className)}>
      <SegmentedBar
        segments={jobSegmentsOf(counts)}
        total={counts.jobCount}
        label={label}
        className="flex-1"
      />
      <span className="min-w-20 text-right text-small whitespace-nowrap text-muted">
        {formatNumber(endedCountOf(counts.statusCounts))}/{formatNumber(counts.jobCount)} ended
      </span>
    </div>
  );
}

/** The meaning of the bar's colours, with the number of each; states without jobs are left out. */
export function SetProgressLegend({ counts }: { counts: SetCounts }) {
  const segments = jobSegmentsOf(counts).filter((segment) => segment.count > 0);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small">
      {segments.map((segment) => (
        <li key={segment.label} className="flex items-center gap-1.5">
          <span aria-hidden className={classNames("size-2.5 rounded-xs", segment.className)} />
          <span>
            <span className="font-medium">{formatNumber(segment.count)}</span> {segment.label}
          </span>
        </li>
      ))}
    </ul>
  );
}
