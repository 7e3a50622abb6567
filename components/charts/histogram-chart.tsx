"use client";

import { useId } from "react";
import { formatNumber, formatPercent } from "#components/format.ts";
import type { AxisFocus, AxisScaleKind } from "./axis-scale.ts";
import { ChartCanvas, type CanvasSize } from "./chart-canvas.tsx";
import { ChartCursor, type CursorReading } from "./chart-cursor.tsx";
import type { ChartGroup } from "./chart-groups.ts";
import { binName, shareBins, type ShareBin } from "./histogram-rows.ts";
import { HorizontalAxis } from "./horizontal-axis.tsx";
import { createPlotFrame, type PlotFrame } from "./plot-frame.ts";
import { createTimeScale } from "./time-scale.ts";

type HistogramChartProps = {
  groups: readonly ChartGroup[];
  kind: AxisScaleKind;
  focus: AxisFocus | null;
  onFocus: (focus: AxisFocus) => void;
};

type Row = { chartGroup: ChartGroup; bins: ShareBin[] };

const rowHeightPixels = 82;
const nameHeightPixels = 18;
const margins = { left: 46, right: 16, top: 2, bottom: 48 };

/** Turnaround of the delivered jobs, a row of bars a group; all rows have the same axes. */
export function HistogramChart({ groups, kind, focus, onFocus }: HistogramChartProps) {
  const rows = groups.map((chartGroup) => ({ chartGroup, bins: shareBins(chartGroup, kind) }));
  const frameOf = (size: CanvasSize) => createHistogramFrame(rows, kind, focus, size);
  return (
    <ChartCanvas
      label={`Turnaround of delivered jobs as bars: ${rows.map(({ chartGroup, bins }) => `${chartGroup.label}, ${formatNumber(countOf(bins))} jobs`).join("; ")}.`}
      heightPixels={rows.length * rowHeightPixels + margins.top + margins.bottom}
      renderChart={(size) => <HistogramRows rows={rows} frame={frameOf(size)} />}
      renderOverlay={(size) => (
        <ChartCursor
          frame={frameOf(size)}
          label="Time at which the bars are read"
          read={(seconds) => readBins(rows, seconds)}
          onFocus={onFocus}
          onPick={(seconds) => {
            const bin = binAt(rows[0]?.bins ?? [], seconds);
            if (bin) onFocus(bin);
          }}
        />
      )}
    />
  );
}

function countOf(bins: readonly ShareBin[]): number {
  return bins.reduce((sum, { count }) => sum + count, 0);
}

function createHistogramFrame(
  rows: readonly Row[],
  kind: AxisScaleKind,
  focus: AxisFocus | null,
  size: CanvasSize,
): PlotFrame {
  const bins = rows[0]?.bins ?? [];
  const from = bins[0]?.from ?? 0;
  const to = bins.at(-1)?.to ?? 60;
  return createPlotFrame(size, margins, (widthPixels) =>
    // The axis ends where the bins end, so that no bar is cut.
    createTimeScale({ kind, shortest: from, longest: to, widthPixels, focus: focus ?? { from, to } }),
  );
}

function HistogramRows({ rows, frame }: { rows: readonly Row[]; frame: PlotFrame }) {
  const clipId = useId();
  const mostShare = Math.max(0.01, ...rows.flatMap(({ bins }) => bins.map(({ share }) => share)));
  const barHeight = rowHeightPixels - nameHeightPixels - 12;
  return (
    <>
      <clipPath id={clipId}>
        <rect x={frame.left} y={0} width={frame.right - frame.left} height={frame.heightPixels} />
      </clipPath>
      <HorizontalAxis frame={frame} title="Turnaround of delivered jobs" hasGrid />
      {rows.map(({ chartGroup, bins }, index) => {
        const base = frame.top + (index + 1) * rowHeightPixels;
        return (
          <g key={chartGroup.key} data-part="histogram" data-group={chartGroup.key}>
            <text
              x={frame.left}
              y={base - barHeight - 9}
              fill={chartGroup.mark.color}
              className="text-small font-medium"
            >
              {chartGroup.label}
              <tspan className="fill-muted text-tiny font-normal">
                {`  ${formatNumber(countOf(bins))} delivered`}
              </tspan>
            </text>
            <text
              x={frame.left - 8}
              y={base - barHeight}
              dy="0.32em"
              textAnchor="end"
              className="fill-muted text-tiny"
            >
              {formatPercent(mostShare)}
            </text>
            <text x={frame.left - 8} y={base} textAnchor="end" className="fill-muted text-tiny">
              0 %
            </text>
            <line x1={frame.left} x2={frame.right} y1={base} y2={base} stroke="var(--control)" />
            <g clipPath={`url(#${clipId})`} fill={chartGroup.mark.color}>
              {bins.map(({ from, to, share }) => {
                const left = frame.x(from);
                const height = (share / mostShare) * barHeight;
                return (
                  share > 0 && (
                    <rect
                      key={from}
                      x={left + 0.5}
                      y={base - height}
                      width={Math.max(1, frame.x(to) - left - 1)}
                      height={height}
                    />
                  )
                );
              })}
            </g>
          </g>
        );
      })}
    </>
  );
}

function binAt(bins: readonly ShareBin[], seconds: number): ShareBin | undefined {
  return bins.find(({ from, to }) => seconds >= from && seconds < to) ?? bins.at(-1);
}

function readBins(rows: readonly Row[], seconds: number): CursorReading {
  const first = binAt(rows[0]?.bins ?? [], seconds);
  return {
    title: first ? binName(first) : "",
    lines: rows.map(({ chartGroup: { key, label, mark }, bins }) => {
      const bin = binAt(bins, seconds);
      return {
        key,
        label,
        color: mark.color,
        value: `${formatNumber(bin?.count ?? 0)} of ${formatNumber(countOf(bins))}`,
        detail: `(${formatPercent(bin?.share ?? 0)})`,
      };
    }),
  };
}
