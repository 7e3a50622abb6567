import type { ChartFrame } from "#components/charts/chart-frame.ts";
import { formatTick } from "#components/charts/time-scale.ts";

const shares = [0, 0.25, 0.5, 0.75, 1];

/** Hairline grid, ticks at round values and axis titles. */
export function ChartAxes({ frame }: { frame: ChartFrame }) {
  const middle = (frame.left + frame.right) / 2;
  return (
    <g className="fill-muted text-tiny tabular-nums">
      {shares.map((share) => (
        <g key={share}>
          <line
            x1={frame.left}
            x2={frame.right}
            y1={frame.y(share)}
            y2={frame.y(share)}
            stroke="var(--line)"
            strokeWidth={1}
          />
          <text x={frame.left - 8} y={frame.y(share)} dy="0.32em" textAnchor="end">
            {share * 100} %
          </text>
        </g>
      ))}
      {frame.time.ticks.map((seconds) => (
        <g key={seconds}>
          <line
            x1={frame.x(seconds)}
            x2={frame.x(seconds)}
            y1={frame.bottom}
            y2={frame.bottom + 5}
            stroke="var(--control)"
          />
          <text x={frame.x(seconds)} y={frame.bottom + 19} textAnchor="middle">
            {formatTick(seconds)}
          </text>
        </g>
      ))}
      <text x={middle} y={frame.heightPixels - 8} textAnchor="middle">
        {frame.time.kind === "log" ? "Turnaround, logarithmic" : "Turnaround"}
      </text>
    </g>
  );
}
