"use client";

import { useId } from "react";
import { formatNumber } from "#components/format.ts";
import type { BoxFigures } from "#lib/domain/comparison-figures.ts";
import { createAmountScale } from "./amount-scale.ts";
import type { AxisFocus, AxisScaleKind } from "./axis-scale.ts";
import { formatBoxValue, type BoxSection, type BoxUnit } from "./box-rows.ts";
import { ChartCanvas, type CanvasSize } from "./chart-canvas.tsx";
import type { GroupMark } from "./group-marks.ts";
import { HorizontalAxis } from "./horizontal-axis.tsx";
import { createPlotFrame, fitText, textWidthPixels, type PlotFrame } from "./plot-frame.ts";
import { createTimeScale } from "./time-scale.ts";

type BoxChartProps = {
  sections: readonly BoxSection[];
  unit: BoxUnit;
  scaleKind: AxisScaleKind;
  axisTitle: string;
  focus?: AxisFocus | null;
};

const rowHeightPixels = 34;
const titleHeightPixels = 26;
const axisHeightPixels = 50;
const narrowPixels = 480;

/** Tukey's boxes lying on a common axis; beyond the whiskers a thin line reaches to the extremes. */
export function BoxChart(props: BoxChartProps) {
  const { sections, unit } = props;
  const heightPixels = sections.reduce((sum, section) => sum + sectionHeight(section), axisHeightPixels);
  return (
    <ChartCanvas
      label={summaryOf(sections, unit)}
      heightPixels={heightPixels}
      renderChart={(size) => <BoxSections {...props} frame={createBoxFrame(props, size)} />}
    />
  );
}

function sectionHeight({ title, rows }: BoxSection): number {
  return rows.length * rowHeightPixels + (title === null ? 0 : titleHeightPixels);
}

function summaryOf(sections: readonly BoxSection[], unit: BoxUnit): string {
  const medians = sections.flatMap(({ title, rows }) =>
    rows.flatMap(({ chartGroup, box }) =>
      box ? [`${title ?? "median"}, ${chartGroup.label}: ${formatBoxValue(box.median, unit)}`] : [],
    ),
  );
  return `Box plots. ${medians.join("; ")}.`;
}

function createBoxFrame({ sections, unit, scaleKind, focus }: BoxChartProps, size: CanvasSize): PlotFrame {
  const rows = sections.flatMap((section) => section.rows);
  const boxes = rows.flatMap(({ box }) => box ?? []);
  const widest = Math.max(40, ...rows.map(({ chartGroup }) => textWidthPixels(chartGroup.shortLabel)));
  const margins = {
    left: Math.min(widest, size.widthPixels < narrowPixels ? 90 : 170) + 14,
    right: size.widthPixels < narrowPixels ? 70 : 136,
    top: 0,
    bottom: axisHeightPixels,
  };
  const positive = boxes.flatMap(({ minimum, lowerQuartile, median }) =>
    [minimum, lowerQuartile, median].filter((value) => value > 0).slice(0, 1),
  );
  const create = unit === "seconds" ? createTimeScale : createAmountScale;
  return createPlotFrame(size, margins, (widthPixels) =>
    create({
      kind: scaleKind,
      shortest: positive.length === 0 ? 1 : Math.min(...positive),
      longest: Math.max(0, ...boxes.map(({ maximum }) => maximum)),
      widthPixels,
      focus,
    }),
  );
}

function BoxSections({ sections, unit, axisTitle, frame }: BoxChartProps & { frame: PlotFrame }) {
  const clipId = useId();
  return (
    <>
      <clipPath id={clipId}>
        <rect x={frame.left - 1} y={0} width={frame.right - frame.left + 2} height={frame.heightPixels} />
      </clipPath>
      <HorizontalAxis frame={frame} title={axisTitle} hasGrid />
      {sections.map((section, position) => {
        const top = sections.slice(0, position).reduce((sum, above) => sum + sectionHeight(above), 0);
        const start = top + (section.title === null ? 0 : titleHeightPixels);
        return (
          <g key={section.key} data-part="boxes" data-quantity={section.key}>
            {section.title !== null && (
              <text x={4} y={start - 6} className="fill-ink text-small font-medium">
                {section.title}
              </text>
            )}
            {section.rows.map(({ chartGroup: { key, mark, shortLabel }, box }, index) => {
              const y = start + (index + 0.5) * rowHeightPixels;
              return (
                <g key={key}>
                  <text
                    x={frame.left - 10}
                    y={y}
                    dy="0.34em"
                    textAnchor="end"
                    fill={mark.color}
                    className="text-small font-medium"
                  >
                    {fitText(shortLabel, frame.left - 14)}
                  </text>
                  {box ? (
                    <>
                      <g clipPath={`url(#${clipId})`}>
                        <Box box={box} mark={mark} y={y} frame={frame} />
                      </g>
                      <text x={frame.right + 8} y={y} dy="0.34em" className="fill-ink text-tiny tabular-nums">
                        {formatBoxValue(box.median, unit)}
                        {frame.widthPixels >= narrowPixels && (
                          <tspan className="fill-muted">{`, n = ${formatNumber(box.count)}`}</tspan>
                        )}
                      </text>
                    </>
                  ) : (
                    <text x={frame.left + 8} y={y} dy="0.34em" className="fill-muted text-tiny">
                      not told by the provider
                    </text>
                  )}
                </g>
              );
            })}
          </g>
        );
      })}
    </>
  );
}

function Box({ box, mark, y, frame }: { box: BoxFigures; mark: GroupMark; y: number; frame: PlotFrame }) {
  const half = 8;
  const { x } = frame;
  const line = (from: number, to: number, width: number, dash?: string) => (
    <line
      x1={x(from)}
      x2={x(to)}
      y1={y}
      y2={y}
      stroke={mark.color}
      strokeWidth={width}
      strokeDasharray={dash}
    />
  );
  const tick = (value: number, height: number, width: number) => (
    <line
      x1={x(value)}
      x2={x(value)}
      y1={y - height}
      y2={y + height}
      stroke={mark.color}
      strokeWidth={width}
    />
  );
  return (
    <>
      {line(box.minimum, box.lowerWhisker, 1, "1 3")}
      {line(box.upperWhisker, box.maximum, 1, "1 3")}
      {line(box.lowerWhisker, box.lowerQuartile, 1.5)}
      {line(box.upperQuartile, box.upperWhisker, 1.5)}
      {tick(box.lowerWhisker, 4, 1.5)}
      {tick(box.upperWhisker, 4, 1.5)}
      {box.minimum < box.lowerWhisker && <circle cx={x(box.minimum)} cy={y} r={2} fill={mark.color} />}
      {box.maximum > box.upperWhisker && <circle cx={x(box.maximum)} cy={y} r={2} fill={mark.color} />}
      <rect
        x={x(box.lowerQuartile)}
        y={y - half}
        width={Math.max(1, x(box.upperQuartile) - x(box.lowerQuartile))}
        height={2 * half}
        fill={mark.color}
        fillOpacity={0.15}
        stroke={mark.color}
        strokeWidth={1.5}
      />
      {tick(box.median, half, 3)}
    </>
  );
}
