import { upperIncompleteGamma } from "./gamma.ts";

/**
 * Probability that a standard normal variable is at most z: Φ(z) = Q(1/2, z² / 2) / 2 for z ≤ 0, without unit.
 * Source: Abramowitz & Stegun, 26.2.30 with 6.5.17.
 */
export function normalProbability(z: number): number {
  const tail = upperIncompleteGamma(1, (z * z) / 2) / 2;
  return z <= 0 ? tail : 1 - tail;
}

/**
 * Quantile of the standard normal distribution: the z with Φ(z) = probability, without unit.
 *
 * A rough start (Abramowitz & Stegun, 26.2.23) is refined by Halley's method on Φ itself.
 * 0 and 1 give −∞ and ∞; anything outside [0, 1] is a RangeError.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`A probability lies between 0 and 1, unlike ${probability}.`);
  }
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability === 0) return -Infinity;
  if (probability === 0.5) return 0;
  let z = startingQuantile(probability);
  for (let iteration = 0; iteration < 4; iteration += 1) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const newton = (normalProbability(z) - probability) / density;
    z -= newton / (1 + (z * newton) / 2);
  }
  return z;
}

function startingQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return numerator / denominator - t;
}

/**
 * Half width of a two-sided interval in standard errors: z of (1 + confidence) / 2, 1.959964 for 0.95.
 * Throws a RangeError unless 0 < confidence < 1.
 */
export function twoSidedNormalQuantile(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`A confidence lies between 0 and 1, unlike ${confidence}.`);
  }
  return -normalQuantile((1 - confidence) / 2);
}
