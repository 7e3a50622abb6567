import { upperIncompleteGamma } from "./gamma.ts";

/**
 * Probability that a χ² variable exceeds `chiSquare`: Q(df / 2, χ² / 2), without unit.
 *
 * `degreesOfFreedom` is a whole number from 1 up and χ² ≥ 0, else a RangeError.
 * Source: Abramowitz & Stegun, 26.4.19.
 */
export function chiSquareUpperTail(chiSquare: number, degreesOfFreedom: number): number {
  return upperIncompleteGamma(degreesOfFreedom, chiSquare / 2);
}
