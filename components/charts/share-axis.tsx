import type { PlotFrame } from "./plot-frame.ts";

const shares = [0, 0.25, 0.5, 0.75, 1];

/** Hairlines at quarters of all jobs, named at the left. */
export function ShareAxis({ frame, y }: { frame: PlotFrame; y: (share: number) => number }) {
  return (
    <g className="fill-muted text-tiny tabular-nums">
      {shares.map((share) => (
        <g key={share}>
          <line
            x1={frame.left}
            x2={frame.right}
            y1={y(share)}
            y2={y(share)}
            stroke="var(--line)"
            strokeWidth={1}
          />
          <text x={frame.left - 8} y={y(share)} dy="0.32em" textAnchor="end">
            {share * 100} %
          </text>
        </g>
      ))}
    </g>
  );
}
