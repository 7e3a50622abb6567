import type { RecentTurnaround } from "#lib/domain/recent-turnaround.ts";
import { formatQuantity } from "../format.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { Figure } from "./figures.tsx";
import { changeWords, medianWords } from "./turnaround-words.ts";

const name = "Median turnaround, last 24 h";

/** The last figure of the line: half of the jobs of the last day were delivered within this time, and the week before. */
export function MedianFigure({ turnaround: { all, isSimulated } }: { turnaround: RecentTurnaround }) {
  const { day, weekBefore } = all;
  const jobs = formatQuantity(day.jobCount, isSimulated ? "simulated job" : "job");
  const before =
    weekBefore.jobCount === 0
      ? "none the week before"
      : `the week before ${medianWords(weekBefore)}: ${changeWords(day, weekBefore)}`;
  return (
    <Figure
      name={name}
      value={medianWords(day)}
      detail={day.jobCount === 0 ? before : `${jobs}; ${before}`}
    />
  );
}

export function MedianFigureSkeleton() {
  return (
    <Figure
      name={name}
      value={<Skeleton className="my-1 h-5 w-24" />}
      detail={<Skeleton className="my-0.5 h-3.5 w-40" />}
    />
  );
}
