export const axisScaleKinds = ["linear", "log"] as const;
export type AxisScaleKind = (typeof axisScaleKinds)[number];

/** The stretch of an axis that is looked at closely, in the unit of the axis. */
export type AxisFocus = { from: number; to: number };

export type AxisScale = {
  kind: AxisScaleKind;
  minimum: number;
  maximum: number;
  ticks: number[];
  formatTick: (value: number) => string;
  /** Pixels from the left edge of the plot; with a focus, values outside lie outside the plot, else on its edge. */
  toPixels: (value: number) => number;
  /** The inverse of `toPixels`, inside the range. */
  toValue: (pixels: number) => number;
};

export type AxisScaleOptions = {
  kind: AxisScaleKind;
  /** The smallest value above 0 and the greatest that must be on the axis. */
  shortest: number;
  longest: number;
  widthPixels: number;
  focus?: AxisFocus | null;
};

/** What belongs to a unit: values that people call by a round name, ascending, and how they are written. */
export type AxisUnit = { roundValues: readonly number[]; formatTick: (value: number) => string };

const tickGapPixels = { linear: 80, log: 64 } as const;
const mostPowersOfTen = 6;

/**
 * An axis of `widthPixels` from 0 (linear) or from a round value below the shortest (log) to a little more than the
 * longest, or over the focus. Ticks stand at round values, at least about 64 pixels apart.
 */
export function createAxisScale(options: AxisScaleOptions, unit: AxisUnit): AxisScale {
  const width = Math.max(options.widthPixels, 1);
  const [minimum, maximum] = rangeOf(options, unit);
  const [lowest, highest] = options.focus ? [-width, 2 * width] : [0, width];
  const linear = (value: number) => (value - minimum) / (maximum - minimum);
  const span = Math.log(maximum / minimum);
  const log = (value: number) => (value <= 0 ? -Infinity : Math.log(value / minimum) / span);
  const place = options.kind === "linear" ? linear : log;
  const toPixels = (value: number) => clamp(place(value) * width, lowest, highest);
  return {
    kind: options.kind,
    minimum,
    maximum,
    ticks:
      options.kind === "linear"
        ? linearTicks(minimum, maximum, width, unit)
        : logTicks(minimum, maximum, toPixels, unit),
    formatTick: unit.formatTick,
    toPixels,
    toValue: (pixels) => {
      const part = clamp(pixels / width, 0, 1);
      return options.kind === "linear"
        ? minimum + part * (maximum - minimum)
        : minimum * Math.exp(part * span);
    },
  };
}

function rangeOf({ kind, shortest, longest, focus }: AxisScaleOptions, unit: AxisUnit): [number, number] {
  if (focus)
    return [kind === "log" ? Math.max(focus.from, focus.to / 10 ** mostPowersOfTen) : focus.from, focus.to];
  const greatest = longest > 0 ? longest : 60;
  if (kind === "linear") return [0, greatest * 1.02];
  const maximum = greatest * 1.1;
  const least = clamp(shortest, maximum / 10 ** mostPowersOfTen, maximum / 2);
  return [unit.roundValues.findLast((candidate) => candidate < least) ?? least / 2, maximum];
}

function linearTicks(minimum: number, maximum: number, width: number, { roundValues }: AxisUnit): number[] {
  const mostTicks = Math.max(2, Math.floor(width / tickGapPixels.linear));
  const range = maximum - minimum;
  const step = roundValues.find((candidate) => range / candidate <= mostTicks) ?? range / mostTicks;
  return multiplesOf(step, minimum, maximum);
}

/** Round values; where the range is so short that few of them lie in it, evenly spaced ones as on a linear axis. */
function logTicks(
  minimum: number,
  maximum: number,
  toPixels: (value: number) => number,
  { roundValues }: AxisUnit,
): number[] {
  const fewestTicks = 4;
  const round = spreadTicks(roundValues, minimum, maximum, toPixels);
  if (round.length >= fewestTicks) return round;
  const step = roundValues.findLast((candidate) => (maximum - minimum) / candidate >= fewestTicks) ?? minimum;
  const even = spreadTicks(multiplesOf(step, minimum, maximum), minimum, maximum, toPixels);
  return even.length > round.length ? even : round;
}

function multiplesOf(step: number, minimum: number, maximum: number): number[] {
  const first = Math.ceil(minimum / step);
  const count = Math.max(0, Math.floor(maximum / step) - first + 1);
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

function spreadTicks(
  candidates: readonly number[],
  minimum: number,
  maximum: number,
  toPixels: (value: number) => number,
): number[] {
  const ticks: number[] = [];
  let lastPixels = -Infinity;
  for (const value of candidates) {
    if (value < minimum || value > maximum) continue;
    const pixels = toPixels(value);
    if (pixels - lastPixels < tickGapPixels.log) continue;
    ticks.push(value);
    lastPixels = pixels;
  }
  return ticks;
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value, lowest), highest);
}
