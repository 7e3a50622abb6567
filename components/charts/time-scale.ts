export const timeScaleKinds = ["linear", "log"] as const;
export type TimeScaleKind = (typeof timeScaleKinds)[number];

/** Seconds that people call by a round name; ticks are chosen among them. */
const roundSeconds = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
  86_400, 172_800, 432_000, 864_000, 1_728_000, 4_320_000, 8_640_000,
];

export type TimeScale = {
  kind: TimeScaleKind;
  minSeconds: number;
  maxSeconds: number;
  ticks: number[];
  /** Pixels from the left edge of the plot; times outside the range are put on its edge. */
  toPixels: (seconds: number) => number;
  /** The inverse of `toPixels`, inside the range. */
  toSeconds: (pixels: number) => number;
};

/**
 * A time axis of `widthPixels` from 0 (linear) or from a round time below the first event (log) to a little more
 * than `longestSeconds`. Ticks stand at round times, at least about 64 pixels apart.
 */
export function createTimeScale(options: {
  kind: TimeScaleKind;
  shortestSeconds: number;
  longestSeconds: number;
  widthPixels: number;
}): TimeScale {
  const longest = options.longestSeconds > 0 ? options.longestSeconds : 60;
  const width = Math.max(options.widthPixels, 1);
  return options.kind === "linear"
    ? linearScale(longest, width)
    : logScale(options.shortestSeconds, longest, width);
}

function linearScale(longestSeconds: number, width: number): TimeScale {
  const maxSeconds = longestSeconds * 1.02;
  const mostTicks = Math.max(2, Math.floor(width / 80));
  const step =
    roundSeconds.find((candidate) => maxSeconds / candidate <= mostTicks) ?? maxSeconds / mostTicks;
  const ticks = Array.from({ length: Math.floor(maxSeconds / step) + 1 }, (_, index) => index * step);
  return {
    kind: "linear",
    minSeconds: 0,
    maxSeconds,
    ticks,
    toPixels: (seconds) => clamp(seconds / maxSeconds, 0, 1) * width,
    toSeconds: (pixels) => clamp(pixels / width, 0, 1) * maxSeconds,
  };
}

function logScale(shortestSeconds: number, longestSeconds: number, width: number): TimeScale {
  const maxSeconds = longestSeconds * 1.1;
  const shortest = clamp(shortestSeconds, maxSeconds / 1e6, maxSeconds / 2);
  const minSeconds = roundSeconds.findLast((candidate) => candidate < shortest) ?? shortest / 2;
  const span = Math.log(maxSeconds / minSeconds);
  const toPixels = (seconds: number) =>
    seconds <= minSeconds ? 0 : clamp(Math.log(seconds / minSeconds) / span, 0, 1) * width;
  return {
    kind: "log",
    minSeconds,
    maxSeconds,
    ticks: logTicks(minSeconds, maxSeconds, toPixels),
    toPixels,
    toSeconds: (pixels) => minSeconds * Math.exp(clamp(pixels / width, 0, 1) * span),
  };
}

/** Round times; where the range is so short that few of them fit, the evenly spaced ones of a linear axis. */
function logTicks(minSeconds: number, maxSeconds: number, toPixels: (seconds: number) => number): number[] {
  const fewestTicks = 4;
  const round = spreadTicks(roundSeconds, minSeconds, maxSeconds, toPixels);
  if (round.length >= fewestTicks) return round;
  const step =
    roundSeconds.findLast((candidate) => (maxSeconds - minSeconds) / candidate >= fewestTicks) ?? minSeconds;
  const first = Math.ceil(minSeconds / step);
  const even = Array.from(
    { length: Math.floor(maxSeconds / step) - first + 1 },
    (_, index) => (first + index) * step,
  );
  return spreadTicks(even, minSeconds, maxSeconds, toPixels);
}

function spreadTicks(
  candidates: readonly number[],
  minSeconds: number,
  maxSeconds: number,
  toPixels: (seconds: number) => number,
): number[] {
  const leastGapPixels = 64;
  const ticks: number[] = [];
  let lastPixels = -Infinity;
  for (const seconds of candidates) {
    if (seconds < minSeconds || seconds > maxSeconds) continue;
    const pixels = toPixels(seconds);
    if (pixels - lastPixels < leastGapPixels) continue;
    ticks.push(seconds);
    lastPixels = pixels;
  }
  return ticks;
}

/** `30 s`, `2 min`, `1.5 h`: one unit a tick, so that labels stay short. */
export function formatTick(seconds: number): string {
  if (seconds === 0) return "0";
  if (seconds < 60) return `${trim(seconds)} s`;
  if (seconds < 3_600) return `${trim(seconds / 60)} min`;
  if (seconds < 172_800) return `${trim(seconds / 3_600)} h`;
  return `${trim(seconds / 86_400)} d`;
}

function trim(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value, lowest), highest);
}
