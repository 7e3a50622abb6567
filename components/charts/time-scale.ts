import { createAxisScale, type AxisScale, type AxisScaleOptions, type AxisUnit } from "./axis-scale.ts";

const timeUnit: AxisUnit = {
  roundValues: [
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
    86_400, 172_800, 432_000, 864_000, 1_728_000, 4_320_000, 8_640_000,
  ],
  formatTick,
};

/** An axis of durations in seconds, with ticks at times that people call by a round name. */
export function createTimeScale(options: AxisScaleOptions): AxisScale {
  return createAxisScale(options, timeUnit);
}

/** `30 s`, `2 min`, `1.5 h`: one unit a tick, so that labels stay short; two where one would need more digits. */
export function formatTick(seconds: number): string {
  if (seconds === 0) return "0";
  if (seconds < 60) return `${trim(seconds)} s`;
  if (seconds < 3_600) return inUnits(seconds, { size: 60, name: "min" }, { size: 1, name: "s" });
  if (seconds < 172_800) return inUnits(seconds, { size: 3_600, name: "h" }, { size: 60, name: "min" });
  return `${trim(seconds / 86_400)} d`;
}

type Unit = { size: number; name: string };

function inUnits(seconds: number, large: Unit, small: Unit): string {
  const tenths = (seconds / large.size) * 10;
  if (Math.abs(tenths - Math.round(tenths)) < 1e-6) return `${trim(seconds / large.size)} ${large.name}`;
  const whole = Math.floor(seconds / large.size);
  return `${whole} ${large.name} ${trim((seconds - whole * large.size) / small.size)} ${small.name}`;
}

function trim(value: number): string {
  return String(Math.round(value * 100) / 100);
}
