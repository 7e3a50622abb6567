/** Plain numbers in ascending order, equal ones counted together. */
export type CountedValues = {
  /** Distinct and ascending. */
  values: Float64Array;
  /** How often each of `values` stands. */
  counts: Float64Array;
  total: number;
};

/** Sorts values that are counted already; values that are not finite, and counts of 0 or less, are a RangeError. */
export function countValues(countOf: ReadonlyMap<number, number>): CountedValues {
  const values = Float64Array.from(countOf.keys()).sort();
  const counts = values.map((value) => countOf.get(value) ?? 0);
  const last = values.at(-1) ?? 0;
  if (!Number.isFinite(values[0] ?? 0) || !Number.isFinite(last) || !counts.every((count) => count > 0)) {
    throw new RangeError("Values are finite numbers, and each is counted at least once.");
  }
  return { values, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

/**
 * Quantile of plain values by linear interpolation between order statistics (type 7: the value at position
 * 1 + (n − 1) p), in their unit; null without values. Probability lies in [0, 1], else a RangeError.
 * Source: Hyndman & Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996).
 */
export function countedQuantile(counted: CountedValues, probability: number): number | null {
  return countedQuantiles(counted, [probability])[0] ?? null;
}

/** The quantiles of several ascending probabilities, in one pass. */
export function countedQuantiles(
  { values, counts, total }: CountedValues,
  probabilities: readonly number[],
): (number | null)[] {
  let index = 0;
  let upTo = counts[0] ?? 0;
  let previous = 0;
  return probabilities.map((probability) => {
    if (!(probability >= previous && probability <= 1)) {
      throw new RangeError(`Probabilities ascend from 0 to 1, unlike ${probability} after ${previous}.`);
    }
    previous = probability;
    if (total === 0) return null;
    const position = (total - 1) * probability;
    const rank = Math.floor(position);
    while (upTo <= rank && index < values.length - 1) {
      index += 1;
      upTo += counts[index] ?? 0;
    }
    const below = values[index] ?? 0;
    const above = rank + 1 < upTo ? below : (values[index + 1] ?? below);
    return below + (above - below) * (position - rank);
  });
}

/** Arithmetic mean, in the unit of the values; null without values. */
export function countedMean({ values, counts, total }: CountedValues): number | null {
  if (total === 0) return null;
  return values.reduce((sum, value, index) => sum + value * (counts[index] ?? 0), 0) / total;
}
