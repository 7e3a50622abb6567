import type { MarkerShape } from "#components/charts/group-marks.ts";

type ChartMarkerProps = {
  shape: MarkerShape;
  x: number;
  y: number;
  color: string;
  /** A ring instead of a filled mark: where the median lies. */
  isHollow?: boolean;
};

/** A small mark, centred on (x, y); the shape tells groups apart without colour. */
export function ChartMarker({ shape, x, y, color, isHollow = false }: ChartMarkerProps) {
  const size = isHollow ? 6 : 4;
  const look = isHollow
    ? { fill: "var(--panel)", stroke: color, strokeWidth: 2 }
    : { fill: color, stroke: "var(--panel)", strokeWidth: 1.5 };
  if (shape === "circle") return <circle cx={x} cy={y} r={size} {...look} />;
  return <path d={outlineOf(shape, x, y, size * 1.15)} {...look} />;
}

function outlineOf(shape: Exclude<MarkerShape, "circle">, x: number, y: number, size: number): string {
  const corners = unitOutlines[shape].map(([right, down]) => `${x + right * size},${y + down * size}`);
  return `M${corners.join(" L")} Z`;
}

const arm = 0.38;
const plus = [
  [-arm, -1],
  [arm, -1],
  [arm, -arm],
  [1, -arm],
  [1, arm],
  [arm, arm],
  [arm, 1],
  [-arm, 1],
  [-arm, arm],
  [-1, arm],
  [-1, -arm],
  [-arm, -arm],
] as const;

/** Corners of each shape in a square from −1 to 1. */
const unitOutlines: Record<Exclude<MarkerShape, "circle">, readonly (readonly [number, number])[]> = {
  square: [
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85],
  ],
  triangle: [
    [0, -1.05],
    [1.05, 0.85],
    [-1.05, 0.85],
  ],
  "triangle-down": [
    [0, 1.05],
    [1.05, -0.85],
    [-1.05, -0.85],
  ],
  diamond: [
    [0, -1.2],
    [1, 0],
    [0, 1.2],
    [-1, 0],
  ],
  plus,
  cross: plus.map(([right, down]): [number, number] => [(right - down) * 0.75, (right + down) * 0.75]),
};
