"use client";

import { formatDuration, formatNumber, formatPercent } from "#components/format.ts";
import type { AxisFocus, AxisScaleKind } from "./axis-scale.ts";
import { ChartCanvas, type CanvasSize } from "./chart-canvas.tsx";
import { ChartCursor, type CursorReading } from "./chart-cursor.tsx";
import type { ChartGroup } from "./chart-groups.ts";
import { curveOf, questionTitles, type ChartQuestion } from "./chart-question.ts";
import { isTailOpen, shareAt } from "./curve-geometry.ts";
import { CurveLayer } from "./curve-layer.tsx";
import { HorizontalAxis } from "./horizontal-axis.tsx";
import { createPlotFrame, textWidthPixels, type PlotFrame } from "./plot-frame.ts";
import { ShareAxis } from "./share-axis.tsx";
import { createTimeScale } from "./time-scale.ts";

type DeliveryCurveProps = {
  groups: readonly ChartGroup[];
  question: ChartQuestion;
  scaleKind: AxisScaleKind;
  focus: AxisFocus | null;
  onFocus: (focus: AxisFocus) => void;
};

/** Share of jobs delivered (or ended) against time, one step curve a group with its 95 % band. */
export function DeliveryCurve({ groups, question, scaleKind, focus, onFocus }: DeliveryCurveProps) {
  const frameOf = (size: CanvasSize) => createCurveFrame(groups, { question, scaleKind, focus, size });
  return (
    <ChartCanvas
      label={summaryOf(groups, question)}
      className="h-80 sm:h-[26.25rem]"
      renderChart={(size) => {
        const frame = frameOf(size);
        const y = (share: number) => frame.bottom - share * (frame.bottom - frame.top);
        return (
          <>
            <ShareAxis frame={frame} y={y} />
            <HorizontalAxis frame={frame} title="Turnaround" />
            <CurveLayer groups={groups} question={question} frame={frame} y={y} />
          </>
        );
      }}
      renderOverlay={(size) => (
        <ChartCursor
          frame={frameOf(size)}
          label="Time at which the curves are read"
          read={(seconds) => readCurves(groups, question, seconds)}
          onFocus={onFocus}
        />
      )}
    />
  );
}

const mostNamePixels = 150;
const mostNamePixelsNarrow = 84;

function createCurveFrame(
  groups: readonly ChartGroup[],
  {
    question,
    scaleKind,
    focus,
    size,
  }: { question: ChartQuestion; scaleKind: AxisScaleKind; focus: AxisFocus | null; size: CanvasSize },
): PlotFrame {
  const most = size.widthPixels < 560 ? mostNamePixelsNarrow : mostNamePixels;
  const widest = Math.max(40, ...groups.map(({ shortLabel }) => textWidthPixels(shortLabel)));
  const margins = { left: 46, right: Math.min(widest, most) + 24, top: 14, bottom: 52 };
  const curves = groups.map(({ group }) => curveOf(group, question));
  const firsts = curves.flatMap((curve) => curve.find(({ seconds }) => seconds > 0)?.seconds ?? []);
  return createPlotFrame(size, margins, (widthPixels) =>
    createTimeScale({
      kind: scaleKind,
      shortest: firsts.length === 0 ? 1 : Math.min(...firsts),
      longest: Math.max(0, ...curves.map((curve) => curve.at(-1)?.seconds ?? 0)),
      widthPixels,
      focus,
    }),
  );
}

function summaryOf(groups: readonly ChartGroup[], question: ChartQuestion): string {
  const finals = groups.map(({ label, group }) => {
    const last = curveOf(group, question).at(-1);
    return `${label} reaches ${formatPercent(last?.share ?? 0)} after ${formatDuration(last?.seconds ?? null)}`;
  });
  return `${questionTitles[question]} against turnaround. ${finals.join("; ")}.`;
}

function readCurves(groups: readonly ChartGroup[], question: ChartQuestion, seconds: number): CursorReading {
  return {
    title: `Within ${formatDuration(seconds)}`,
    lines: groups.map(({ key, label, mark, group }) => {
      const curve = curveOf(group, question);
      const { share, lower, upper } = shareAt(curve, seconds);
      const isBeyond = seconds > (curve.at(-1)?.seconds ?? 0) && isTailOpen({ ...group, curve });
      const interval = `${formatPercent(lower)} – ${formatPercent(upper)}`;
      const jobCount = formatNumber(group.jobCount - group.excludedCount);
      return {
        key,
        label,
        color: mark.color,
        value: isBeyond ? `at least ${formatPercent(share)}` : formatPercent(share),
        detail: isBeyond ? "not observed for so long" : `(${interval}), n = ${jobCount}`,
      };
    }),
  };
}
