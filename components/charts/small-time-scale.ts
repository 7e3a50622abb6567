/** Where moments stand on the axis of a small curve, and which of them are named. */
export type SmallTimeScale = {
  /** From 0 at the left edge to 100 at the right one. */
  x: (seconds: number) => number;
  tickSeconds: number[];
};

const roundSeconds = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200,
  86_400, 172_800, 345_600, 604_800,
];
const landmarks = [0.1, 1, 10, 60, 600, 3_600, 21_600, 86_400, 604_800];
const wideRatio = 8;
const mostTicks = 4;

/**
 * At equal ratios where the last moment comes much later than the first delivery, so that minutes are not a wall at the
 * left edge of hours; else evenly from 0.
 */
export function smallTimeScale(shortestSeconds: number, longestSeconds: number): SmallTimeScale {
  const longest = Math.max(longestSeconds, 0.1);
  const shortest = Math.min(Math.max(shortestSeconds, 0.1), longest);
  if (longest / shortest < wideRatio) {
    const step = roundSeconds.find((seconds) => longest / seconds < mostTicks) ?? longest;
    const count = Math.floor(longest / step);
    return {
      x: (seconds) => clamp((seconds / longest) * 100),
      tickSeconds: Array.from({ length: count + 1 }, (_, index) => index * step),
    };
  }
  // Room before the first delivery, so that the curve is seen to start at nothing.
  const first = shortest / 1.5;
  const span = Math.log(longest / first);
  const inside = landmarks.filter((seconds) => seconds >= first && seconds <= longest);
  const stride = Math.max(1, Math.ceil(inside.length / mostTicks));
  return {
    x: (seconds) => (seconds <= first ? 0 : clamp((Math.log(seconds / first) / span) * 100)),
    tickSeconds: inside.filter((_, index) => (inside.length - 1 - index) % stride === 0),
  };
}

function clamp(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}
