import type { PlotFrame } from "./plot-frame.ts";

/** Ticks at round values with their names, and the title of the axis. Vertical hairlines where rows are read across. */
export function HorizontalAxis({
  frame,
  title,
  hasGrid = false,
}: {
  frame: PlotFrame;
  title: string;
  hasGrid?: boolean;
}) {
  return (
    <g className="fill-muted text-tiny tabular-nums">
      {frame.scale.ticks.map((value) => (
        <g key={value}>
          <line
            x1={frame.x(value)}
            x2={frame.x(value)}
            y1={hasGrid ? frame.top : frame.bottom}
            y2={frame.bottom + 5}
            stroke={hasGrid ? "var(--line)" : "var(--control)"}
          />
          <text x={frame.x(value)} y={frame.bottom + 19} textAnchor="middle">
            {frame.scale.formatTick(value)}
          </text>
        </g>
      ))}
      <text x={(frame.left + frame.right) / 2} y={frame.bottom + 38} textAnchor="middle">
        {frame.scale.kind === "log" ? `${title}, logarithmic` : title}
      </text>
    </g>
  );
}
