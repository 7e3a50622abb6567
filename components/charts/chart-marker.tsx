import type { MarkerShape } from "#components/charts/provider-marks.ts";

/** A small filled mark, centred on (x, y); the shape tells providers apart without colour. */
export function ChartMarker({
  shape,
  x,
  y,
  color,
}: {
  shape: MarkerShape;
  x: number;
  y: number;
  color: string;
}) {
  const stroke = { fill: color, stroke: "var(--panel)", strokeWidth: 1.5 };
  if (shape === "circle") return <circle cx={x} cy={y} r={4} {...stroke} />;
  if (shape === "square") return <rect x={x - 3.75} y={y - 3.75} width={7.5} height={7.5} {...stroke} />;
  return <path d={`M${x},${y - 4.75} L${x + 4.75},${y + 3.75} L${x - 4.75},${y + 3.75} Z`} {...stroke} />;
}
