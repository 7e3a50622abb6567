import type { ComparisonGroup } from "#lib/domain/comparison.ts";
import { createTimeScale, type TimeScale, type TimeScaleKind } from "#components/charts/time-scale.ts";

export type ChartFrame = {
  widthPixels: number;
  heightPixels: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  time: TimeScale;
  /** Both in pixels of the whole drawing. */
  x: (seconds: number) => number;
  y: (share: number) => number;
  secondsAt: (xPixels: number) => number;
};

/** Lays out the plot inside a drawing of this width: room for shares at the left and for names at the right. */
export function createChartFrame(
  groups: readonly ComparisonGroup[],
  options: { kind: TimeScaleKind; widthPixels: number },
): ChartFrame {
  const isNarrow = options.widthPixels < 560;
  const heightPixels = isNarrow ? 320 : 420;
  const left = 46;
  const right = options.widthPixels - (isNarrow ? 78 : 92);
  const top = 14;
  const bottom = heightPixels - 52;
  const time = createTimeScale({
    kind: options.kind,
    shortestSeconds: shortestOf(groups),
    longestSeconds: Math.max(0, ...groups.map((group) => group.curve.at(-1)?.seconds ?? 0)),
    widthPixels: right - left,
  });
  return {
    widthPixels: options.widthPixels,
    heightPixels,
    left,
    right,
    top,
    bottom,
    time,
    x: (seconds) => left + time.toPixels(seconds),
    y: (share) => bottom - share * (bottom - top),
    secondsAt: (xPixels) => time.toSeconds(xPixels - left),
  };
}

function shortestOf(groups: readonly ComparisonGroup[]): number {
  const firstEvents = groups.flatMap(
    (group) => group.curve.find((point) => point.seconds > 0)?.seconds ?? [],
  );
  return firstEvents.length === 0 ? 1 : Math.min(...firstEvents);
}
