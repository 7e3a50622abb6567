/** The two ends of a pointwise confidence band, as shares from 0 to 1. */
export type Band = { lower: number; upper: number };

/**
 * Log-log band of a survival probability S with its standard error: [S^(1/θ), S^θ] where θ = exp(z σ / ln S)
 * and σ = standardError / S. It never leaves [0, 1].
 *
 * Two places have no log-log band. At S = 1 nothing was seen yet: [1, 1], the customary start of a curve. At S = 0
 * the lower end is 0 and the upper end stays where it was at the time before (`previousUpper`): survival never
 * rises, so a bound for an earlier time holds later as well.
 * Source: Klein & Moeschberger, Survival Analysis, 2nd ed., section 4.3, (4.3.2).
 */
export function logLogBand(survival: number, standardError: number, z: number, previousUpper: number): Band {
  if (survival >= 1) return { lower: 1, upper: 1 };
  if (survival <= 0) return { lower: 0, upper: previousUpper };
  const logSurvival = Math.log(survival);
  const exponent = Math.exp((z * standardError) / (survival * -logSurvival));
  return { lower: Math.exp(logSurvival * exponent), upper: Math.exp(logSurvival / exponent) };
}
