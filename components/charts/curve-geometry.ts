import type { ComparisonCurvePoint } from "#lib/domain/comparison-figures.ts";

/** What is drawn of a group: one of its curves, and the ages at which open or cancelled jobs leave it. */
export type DrawnCurve = { curve: readonly ComparisonCurvePoint[]; censoredAtSeconds: readonly number[] };

export type Projection = {
  x: (seconds: number) => number;
  y: (share: number) => number;
  /** Right edge of the plot in pixels. */
  rightPixels: number;
};

export type CurveShape = {
  /** The curve as far as it is known. */
  line: string;
  /** 95 % band, closed; empty when the curve never leaves 0. */
  band: string;
  /** From the last known age to the edge of the plot. */
  tail: string;
  /** What happens after the last known age is not known yet; else the curve is final and the tail is drawn solid. */
  isTailOpen: boolean;
  censorTicks: { x: number; y: number }[];
  end: { x: number; y: number };
};

const points = (pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([x, y]) => `${round(x)},${round(y)}`).join(" L");

/** Turns one group's step curve into paths. Between two points the share holds, so every line goes right, then up. */
export function drawCurve(drawn: DrawnCurve, projection: Projection): CurveShape {
  const { curve } = drawn;
  const last = curve.at(-1) ?? { seconds: 0, share: 0, lower: 0, upper: 0 };
  const end = { x: projection.x(last.seconds), y: projection.y(last.share) };
  const hasBand = curve.some((point) => point.upper > point.lower);
  return {
    line: `M${points(steps(curve, (point) => point.share, projection))}`,
    band: hasBand
      ? `M${points([
          ...steps(curve, (point) => point.upper, projection),
          ...steps(curve, (point) => point.lower, projection).toReversed(),
        ])} Z`
      : "",
    tail: `M${points([
      [end.x, end.y],
      [projection.rightPixels, end.y],
    ])}`,
    isTailOpen: isTailOpen(drawn),
    censorTicks: censorTicks(drawn, projection),
    end,
  };
}

/** Nearer ticks would run together and hide the line. */
const tickGapPixels = 5;

/** One tick for all ages that fall on nearly the same place. */
function censorTicks(
  { curve, censoredAtSeconds }: DrawnCurve,
  projection: Projection,
): CurveShape["censorTicks"] {
  const ticks: CurveShape["censorTicks"] = [];
  for (const seconds of censoredAtSeconds.toSorted((left, right) => left - right)) {
    const x = projection.x(seconds);
    if (x - (ticks.at(-1)?.x ?? -Infinity) < tickGapPixels) continue;
    ticks.push({ x, y: projection.y(shareAt(curve, seconds).share) });
  }
  return ticks;
}

/** Open when a job was last seen at the greatest known age without having ended: later deliveries can still raise the curve. */
export function isTailOpen({ curve, censoredAtSeconds }: DrawnCurve): boolean {
  const greatestAge = curve.at(-1)?.seconds ?? 0;
  const greatestCensoredAge = censoredAtSeconds.reduce((most, age) => Math.max(most, age), -Infinity);
  return greatestCensoredAge >= greatestAge;
}

/** The step that holds at `seconds`. */
export function shareAt(curve: readonly ComparisonCurvePoint[], seconds: number): ComparisonCurvePoint {
  const nothing = { seconds: 0, share: 0, lower: 0, upper: 0 };
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((curve[middle]?.seconds ?? Infinity) <= seconds) low = middle + 1;
    else high = middle;
  }
  return curve[low - 1] ?? nothing;
}

function steps(
  curve: readonly ComparisonCurvePoint[],
  valueOf: (point: ComparisonCurvePoint) => number,
  { x, y }: Projection,
): [number, number][] {
  return curve.flatMap((point, index): [number, number][] => {
    const previous = curve[index - 1];
    const corner: [number, number] = [x(point.seconds), y(valueOf(point))];
    return previous ? [[x(point.seconds), y(valueOf(previous))], corner] : [corner];
  });
}

/**
 * Moves labels apart that would cover each other: keeps their order, stays between `top` and `bottom`,
 * each at least `gap` pixels from the next. Returns the new positions in the order given.
 */
export function spreadLabels(
  wanted: readonly number[],
  { gap, top, bottom }: { gap: number; top: number; bottom: number },
): number[] {
  const order = wanted
    .map((position, index) => ({ position, index }))
    .toSorted((a, b) => a.position - b.position);
  let floor = top;
  for (const label of order) {
    label.position = Math.max(label.position, floor);
    floor = label.position + gap;
  }
  let ceiling = bottom;
  for (const label of order.toReversed()) {
    label.position = Math.min(label.position, ceiling);
    ceiling = label.position - gap;
  }
  const placed = wanted.slice();
  for (const label of order) placed[label.index] = label.position;
  return placed;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
