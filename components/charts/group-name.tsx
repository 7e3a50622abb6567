import { ChartMarker } from "./chart-marker.tsx";
import type { GroupMark } from "./group-marks.ts";

/** A group's line as it is drawn in the charts. */
export function LineSample({ mark: { color, dash, shape } }: { mark: GroupMark }) {
  return (
    <svg aria-hidden width={28} height={12} className="shrink-0">
      <line x1={0} x2={28} y1={6} y2={6} stroke={color} strokeWidth={2} strokeDasharray={dash} />
      <ChartMarker shape={shape} x={14} y={6} color={color} />
    </svg>
  );
}

/** The name of a group after its mark, for tables. */
export function GroupName({ label, mark }: { label: string; mark: GroupMark }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <LineSample mark={mark} />
      {label}
    </span>
  );
}
