import type { HeatMaps } from "#lib/domain/comparison.ts";

/** The least and greatest median of all maps, so that the same shade means the same time; null without any. */
export type HeatRange = { shortest: number; longest: number } | null;

const palestPercent = 12;

export function heatRange(maps: HeatMaps): HeatRange {
  const medians = maps.flatMap(({ cells }) =>
    cells.flatMap(({ medianSeconds }) => (medianSeconds === null ? [] : [Math.max(medianSeconds, 0.1)])),
  );
  if (medians.length === 0) return null;
  const shortest = medians.reduce((least, value) => Math.min(least, value));
  const longest = medians.reduce((most, value) => Math.max(most, value));
  return { shortest, longest: Math.max(longest, shortest * 1.01) };
}

/** How much of the colour is mixed in, in percent: equal ratios of time are equal steps of shade. */
export function heatPercent(seconds: number, range: HeatRange): number {
  if (range === null) return palestPercent;
  const place = Math.log(Math.max(seconds, 0.1) / range.shortest) / Math.log(range.longest / range.shortest);
  return Math.round(palestPercent + Math.min(Math.max(place, 0), 1) * (100 - palestPercent));
}
