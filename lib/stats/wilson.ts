import { twoSidedNormalQuantile } from "./normal.ts";

/** An observed share with its confidence interval, all from 0 to 1. */
export type ShareInterval = { share: number; lower: number; upper: number };

/**
 * Wilson's score interval for `successes` out of `total`: with p = successes / n it is
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Null when total is 0.
 *
 * Throws a RangeError unless 0 ≤ successes ≤ total.
 * Source: Wilson, Probable Inference, Journal of the American Statistical Association 22 (1927).
 */
export function wilsonInterval(successes: number, total: number, confidence = 0.95): ShareInterval | null {
  if (!(successes >= 0 && successes <= total && Number.isFinite(total))) {
    throw new RangeError(`${successes} of ${total} is no share.`);
  }
  if (total === 0) return null;
  const z = twoSidedNormalQuantile(confidence);
  const share = successes / total;
  const squared = (z * z) / total;
  const center = share + squared / 2;
  const halfWidth = Math.sqrt(squared * (share * (1 - share) + squared / 4));
  return {
    share,
    // The ends are 0 and 1 exactly when nothing or everything succeeded; the root leaves a rounding error there.
    lower: successes === 0 ? 0 : (center - halfWidth) / (1 + squared),
    upper: successes === total ? 1 : (center + halfWidth) / (1 + squared),
  };
}
