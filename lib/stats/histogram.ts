import type { CountedValues } from "./counted-values.ts";

/** Counts values v with from ≤ v < to; the last bin holds its upper end too. */
export type HistogramBin = { from: number; to: number; count: number };

const niceFactors = [1, 2, 2.5, 5, 10];

/**
 * Edges of equal bins with round width from 0 to `maximum` or just above it, at most `limit` bins.
 * No edges for a maximum of 0 or less.
 */
export function linearEdges(maximum: number, limit = 40): number[] {
  if (!(maximum > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(maximum / limit));
  const width = power * (niceFactors.find((factor) => maximum / (factor * power) <= limit) ?? 10);
  return Array.from({ length: Math.ceil(maximum / width) + 1 }, (_, index) => index * width);
}

/**
 * Edges that grow by a constant factor, a whole number of bins in each power of ten, from at most `minimum` to at
 * least `maximum`, at most `limit` bins where that spans so few powers. No edges unless 0 < minimum ≤ maximum.
 */
export function logarithmicEdges(minimum: number, maximum: number, limit = 40): number[] {
  if (!(minimum > 0 && maximum >= minimum)) return [];
  const decades = Math.max(Math.log10(maximum / minimum), 0.1);
  const perDecade = [20, 10, 5, 4, 2, 1].find((count) => decades * count <= limit - 2) ?? 1;
  const first = Math.floor(Math.log10(minimum) * perDecade + 1e-9);
  let last = Math.ceil(Math.log10(maximum) * perDecade - 1e-9);
  if (last <= first) last = first + 1;
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** ((first + index) / perDecade));
}

/** Counts values into the bins between ascending edges. Values outside go to the first or the last bin. */
export function histogram({ values, counts }: CountedValues, edges: readonly number[]): HistogramBin[] {
  const bins = edges.slice(1).map((to, index) => ({ from: edges[index] ?? 0, to, count: 0 }));
  let place = 0;
  values.forEach((value, index) => {
    while (place < bins.length - 1 && value >= (bins[place]?.to ?? Infinity)) place += 1;
    const bin = bins[place];
    if (bin) bin.count += counts[index] ?? 0;
  });
  return bins;
}
