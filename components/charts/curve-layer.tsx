import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import type { ChartFrame } from "#components/charts/chart-frame.ts";
import { ChartMarker } from "#components/charts/chart-marker.tsx";
import { drawCurve, spreadLabels, type CurveShape } from "#components/charts/curve-geometry.ts";
import { providerMarks } from "#components/charts/provider-marks.ts";

type Drawn = { group: ComparisonGroup; shape: CurveShape };

/** All curves: the bands below, then the lines, then marks and names, so that no curve hides another's label. */
export function CurveLayer({ groups, frame }: { groups: readonly ComparisonGroup[]; frame: ChartFrame }) {
  const drawn = groups.map((group) => ({
    group,
    shape: drawCurve(group, { x: frame.x, y: frame.y, rightPixels: frame.right }),
  }));
  return (
    <g>
      {drawn.map(({ group, shape }) => (
        <path
          key={group.provider}
          d={shape.band}
          fill={providerMarks[group.provider].color}
          opacity={0.15}
          data-part="band"
        />
      ))}
      {drawn.map((curve) => (
        <CurveLine key={curve.group.provider} {...curve} frame={frame} />
      ))}
      <CurveLabels drawn={drawn} frame={frame} />
    </g>
  );
}

function CurveLine({ group, shape, frame }: Drawn & { frame: ChartFrame }) {
  const { color, dash, shape: marker } = providerMarks[group.provider];
  return (
    <g data-part="curve" data-provider={group.provider}>
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
          y1={y - 5}
          y2={y + 5}
          stroke={color}
          strokeWidth={1.5}
          data-part="censor"
        />
      ))}
      {markerPoints(group).map((point) => (
        <ChartMarker
          key={point.seconds}
          shape={marker}
          x={frame.x(point.seconds)}
          y={frame.y(point.share)}
          color={color}
        />
      ))}
    </g>
  );
}

function CurveLabels({ drawn, frame }: { drawn: readonly Drawn[]; frame: ChartFrame }) {
  const positions = spreadLabels(
    drawn.map(({ shape }) => shape.end.y),
    { gap: 17, top: frame.top, bottom: frame.bottom },
  );
  return drawn.map(({ group, shape }, index) => {
    const y = positions[index] ?? shape.end.y;
    const { color, shape: marker } = providerMarks[group.provider];
    return (
      <g key={group.provider} data-part="label">
        <line x1={frame.right} x2={frame.right + 8} y1={shape.end.y} y2={y} stroke={color} strokeWidth={1} />
        <ChartMarker shape={marker} x={frame.right + 12} y={y} color={color} />
        <text x={frame.right + 20} y={y} dy="0.34em" fill={color} className="text-small font-medium">
          {providerLabels[group.provider]}
        </text>
      </g>
    );
  });
}

/** A handful of places where the curve rises, evenly picked, so that marks identify the line without crowding it. */
function markerPoints(group: ComparisonGroup) {
  const most = 6;
  const rises = group.curve.filter((point, index) => point.share > (group.curve[index - 1]?.share ?? 0));
  if (rises.length <= most) return rises;
  return Array.from(
    { length: most },
    (_, index) => rises[Math.round((index * (rises.length - 1)) / (most - 1))],
  ).filter((point) => point !== undefined);
}
