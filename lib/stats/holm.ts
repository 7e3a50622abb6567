/**
 * Holm's adjusted p-values, in the order given: the i-th smallest of m is multiplied by m − i + 1, raised to the
 * one before it where it would fall below, and held to 1. A null (nothing to test) stays null and does not count.
 * Source: Holm, A Simple Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6 (1979).
 */
export function holmAdjusted(pValues: readonly (number | null)[]): (number | null)[] {
  const ascending = pValues
    .flatMap((pValue, index) => (pValue === null ? [] : [{ pValue, index }]))
    .toSorted((first, second) => first.pValue - second.pValue);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  ascending.forEach(({ pValue, index }, rank) => {
    largest = Math.max(largest, Math.min(1, pValue * (ascending.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}
