import { classNames } from "./class-names.ts";

export type BarSegment = {
  label: string;
  count: number;
  /** Background class of a token: `bg-succeeded`. */
  className: string;
};

type SegmentedBarProps = {
  segments: readonly BarSegment[];
  /** What the whole bar stands for; the rest after all segments stays empty track. */
  total: number;
  /** Read instead of the drawing: "7 succeeded, 2 failed of 9 requests". */
  label: string;
  className?: string;
};

/** Parts of a whole as one bar. Its numbers must also stand in text beside it. */
export function SegmentedBar({ segments, total, label, className }: SegmentedBarProps) {
  return (
    <div
      role="img"
      aria-label={label}
      title={label}
      className={classNames(
        "flex h-2 w-full min-w-10 gap-px overflow-hidden rounded-full bg-line",
        className,
      )}
    >
      {segments.map(
        (segment) =>
          segment.count > 0 && (
            <span
              key={segment.label}
              className={classNames("h-full min-w-0.5", segment.className)}
              style={{ width: `${(segment.count / Math.max(total, 1)) * 100}%` }}
            />
          ),
      )}
    </div>
  );
}
