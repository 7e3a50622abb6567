import { useId } from "react";
import type { ChartGroup } from "./chart-groups.ts";
import { ChartMarker } from "./chart-marker.tsx";
import { curveOf, quantilesOf, type ChartQuestion } from "./chart-question.ts";
import { drawCurve, shareAt, spreadLabels, type CurveShape } from "./curve-geometry.ts";
import { fitText, type PlotFrame } from "./plot-frame.ts";

type Drawn = { chartGroup: ChartGroup; shape: CurveShape };

type CurveLayerProps = {
  groups: readonly ChartGroup[];
  question: ChartQuestion;
  frame: PlotFrame;
  y: (share: number) => number;
};

/** All curves: the bands below, then the lines, then marks and names, so that no curve hides another's label. */
export function CurveLayer({ groups, question, frame, y }: CurveLayerProps) {
  const clipId = useId();
  const drawn = groups.map((chartGroup) => ({
    chartGroup,
    shape: drawCurve(
      { ...chartGroup.group, curve: curveOf(chartGroup.group, question) },
      { x: frame.x, y, rightPixels: frame.right },
    ),
  }));
  return (
    <g>
      <clipPath id={clipId}>
        <rect
          x={frame.left}
          y={frame.top - 8}
          width={frame.right - frame.left}
          height={frame.bottom - frame.top + 16}
        />
      </clipPath>
      <g clipPath={`url(#${clipId})`}>
        {drawn.map(({ chartGroup, shape }) => (
          <path
            key={chartGroup.key}
            d={shape.band}
            fill={chartGroup.mark.color}
            opacity={0.15}
            data-part="band"
          />
        ))}
        {drawn.map((curve) => (
          <CurveLine key={curve.chartGroup.key} {...curve} />
        ))}
        {groups.map((chartGroup) => (
          <CurveMarks key={chartGroup.key} chartGroup={chartGroup} question={question} frame={frame} y={y} />
        ))}
      </g>
      <CurveLabels groups={groups} question={question} frame={frame} y={y} />
    </g>
  );
}

function CurveLine({ chartGroup: { key, mark }, shape }: Drawn) {
  const { color, dash } = mark;
  return (
    <g data-part="curve" data-group={key}>
      <path
        d={shape.line}
        fill="none"
        stroke={color}
        strokeWidth={2}
        strokeDasharray={dash}
        strokeLinejoin="round"
      />
      <path
        d={shape.tail}
        fill="none"
        stroke={color}
        strokeWidth={shape.isTailOpen ? 1.5 : 2}
        strokeDasharray={shape.isTailOpen ? "1 6" : dash}
        strokeLinecap={shape.isTailOpen ? "round" : undefined}
        data-part={shape.isTailOpen ? "open-tail" : "final-tail"}
      />
      {shape.censorTicks.map(({ x, y }, index) => (
        <line
          key={index}
          x1={x}
          x2={x}
          y1={y - 4}
          y2={y + 4}
          stroke={color}
          strokeWidth={1}
          data-part="censor"
        />
      ))}
    </g>
  );
}

type CurveMarksProps = Omit<CurveLayerProps, "groups"> & { chartGroup: ChartGroup };

/** Marks that identify the line, and a ring with a plumb line where half of the jobs are reached. */
function CurveMarks({ chartGroup: { group, mark }, question, frame, y }: CurveMarksProps) {
  const median = quantilesOf(group, question).find(({ share }) => share === 0.5)?.seconds ?? null;
  return (
    <>
      {markerPoints(curveOf(group, question), frame).map((point) => (
        <ChartMarker
          key={point.seconds}
          shape={mark.shape}
          x={frame.x(point.seconds)}
          y={y(point.share)}
          color={mark.color}
        />
      ))}
      {median !== null && (
        <g data-part="median">
          <line
            x1={frame.x(median)}
            x2={frame.x(median)}
            y1={y(0.5)}
            y2={frame.bottom}
            stroke={mark.color}
            strokeDasharray="2 2"
            opacity={0.7}
          />
          <ChartMarker shape={mark.shape} x={frame.x(median)} y={y(0.5)} color={mark.color} isHollow />
        </g>
      )}
    </>
  );
}

/** A handful of places in sight where the curve rises, evenly picked, so that marks do not crowd the line. */
function markerPoints(curve: ReturnType<typeof curveOf>, frame: PlotFrame) {
  const most = 6;
  const rises = curve.filter((point, index) => {
    const x = frame.x(point.seconds);
    return point.share > (curve[index - 1]?.share ?? 0) && x >= frame.left && x <= frame.right;
  });
  if (rises.length <= most) return rises;
  return Array.from(
    { length: most },
    (_, index) => rises[Math.round((index * (rises.length - 1)) / (most - 1))],
  ).filter((point) => point !== undefined);
}

/** The names, beside where the curves leave the plot. */
function CurveLabels({ groups, question, frame, y }: CurveLayerProps) {
  const lastSeconds = frame.scale.maximum;
  const ends = groups.map(({ group }) => y(shareAt(curveOf(group, question), lastSeconds).share));
  const positions = spreadLabels(ends, { gap: 17, top: frame.top, bottom: frame.bottom });
  return groups.map(({ key, mark, shortLabel }, index) => {
    const end = ends[index] ?? frame.bottom;
    const place = positions[index] ?? end;
    return (
      <g key={key}>
        <line x1={frame.right} x2={frame.right + 8} y1={end} y2={place} stroke={mark.color} strokeWidth={1} />
        <ChartMarker shape={mark.shape} x={frame.right + 12} y={place} color={mark.color} />
        <text x={frame.right + 20} y={place} dy="0.34em" fill={mark.color} className="text-small font-medium">
          {fitText(shortLabel, frame.widthPixels - frame.right - 20)}
        </text>
      </g>
    );
  });
}
