"use client";

import { formatPercent } from "#components/format.ts";
import { ChartCanvas } from "./chart-canvas.tsx";
import type { ChartGroup } from "./chart-groups.ts";
import { fitText, textWidthPixels } from "./plot-frame.ts";

const rowHeightPixels = 40;
const axisHeightPixels = 40;

/** When the jobs were launched: a row of 24 bars a group, one an hour of the day. */
export function BalanceChart({ groups }: { groups: readonly ChartGroup[] }) {
  const shares = groups.map(({ group }) => {
    const counts = group.balance.launchesByHour;
    const total = Math.max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    );
    return counts.map((count) => count / total);
  });
  const most = Math.max(0.01, ...shares.flat());
  const widest = Math.max(40, ...groups.map(({ shortLabel }) => textWidthPixels(shortLabel)));
  return (
    <ChartCanvas
      label={`Launches by hour of day, UTC. The busiest hour holds ${formatPercent(most)} of a group's jobs.`}
      heightPixels={groups.length * rowHeightPixels + axisHeightPixels}
      renderChart={({ widthPixels }) => {
        const left = Math.min(widest, widthPixels < 560 ? 90 : 170) + 14;
        const hourWidth = (widthPixels - left - 8) / 24;
        const bottom = groups.length * rowHeightPixels;
        return (
          <>
            {groups.map(({ key, shortLabel, mark }, row) => {
              const base = (row + 1) * rowHeightPixels - 4;
              return (
                <g key={key} fill={mark.color}>
                  <text
                    x={left - 10}
                    y={base - 12}
                    dy="0.34em"
                    textAnchor="end"
                    className="text-small font-medium"
                  >
                    {fitText(shortLabel, left - 14)}
                  </text>
                  <line x1={left} x2={widthPixels - 8} y1={base} y2={base} stroke="var(--control)" />
                  {shares[row]?.map((share, hour) => {
                    const height = (share / most) * (rowHeightPixels - 10);
                    return (
                      <rect
                        key={hour}
                        x={left + hour * hourWidth + 1}
                        y={base - height}
                        width={Math.max(1, hourWidth - 2)}
                        height={height}
                      />
                    );
                  })}
                </g>
              );
            })}
            <g className="fill-muted text-tiny tabular-nums">
              {[0, 6, 12, 18].map((hour) => (
                <text key={hour} x={left + (hour + 0.5) * hourWidth} y={bottom + 13} textAnchor="middle">
                  {String(hour).padStart(2, "0")}
                </text>
              ))}
              <text x={(left + widthPixels) / 2} y={bottom + 31} textAnchor="middle">
                Hour of launch, UTC
              </text>
            </g>
          </>
        );
      }}
    />
  );
}
