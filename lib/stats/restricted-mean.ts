import type { IncidenceCurve } from "./cumulative-incidence.ts";
import { twoSidedNormalQuantile } from "./normal.ts";

/** Mean time to delivery up to a horizon, in seconds. */
export type RestrictedMeanEstimate = {
  horizonSeconds: number;
  seconds: number;
  standardErrorSeconds: number;
  lowerSeconds: number;
  upperSeconds: number;
};

/**
 * Restricted mean ∫₀^τ (1 − F(t)) dt of the time to delivery: a job that is not delivered by the horizon τ, because it
 * is open or can never be, counts with τ. Without competing ends it is the restricted mean survival time.
 *
 * Variance by the delta method over the increments at each time tᵢ, which are multinomial: with S the open share,
 * Rᵢ = Σ_{j>i} ΔFⱼ (τ − tⱼ), aᵢ = S(tᵢ−)(τ − tᵢ) − Rᵢ/(1 − hᵢ) for a delivery and bᵢ = −Rᵢ/(1 − hᵢ) for a competing end
 * it is Σ [aᵢ² p(1 − p) − 2 aᵢbᵢ p q + bᵢ² q(1 − q)] / nᵢ, p and q the shares of nᵢ that end so and hᵢ = p + q. Without
 * competing ends this is Σ (∫_{tᵢ}^τ S)² dᵢ / (nᵢ (nᵢ − dᵢ)). The interval is ± z standard errors, kept in [0, τ].
 *
 * Null when the curve is not known up to the horizon. Throws a RangeError unless the horizon is positive and finite.
 * Source: Klein & Moeschberger, Survival Analysis, 2nd ed., section 4.5; Andersen et al., section IV.4.
 */
export function restrictedMean(
  curve: IncidenceCurve,
  horizonSeconds: number,
  confidence = 0.95,
): RestrictedMeanEstimate | null {
  if (!(horizonSeconds > 0 && Number.isFinite(horizonSeconds))) {
    throw new RangeError(`A horizon is a positive number of seconds, unlike ${horizonSeconds}.`);
  }
  if (!isKnownUpTo(curve, horizonSeconds)) return null;
  const end = curve.steps.findIndex((step) => step.timeSeconds > horizonSeconds);
  const steps = end === -1 ? curve.steps : curve.steps.slice(0, end);
  let deliveredArea = 0;
  let variance = 0;
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (step === undefined || step.delivered + step.competing === 0) continue;
    const { timeSeconds, atRisk, delivered, competing } = step;
    const openBefore = steps[index - 1]?.open ?? 1;
    const p = delivered / atRisk;
    const q = competing / atRisk;
    const left = 1 - p - q;
    const b = deliveredArea === 0 ? 0 : -deliveredArea / left;
    const a = openBefore * (horizonSeconds - timeSeconds) + b;
    variance += (a * a * p * (1 - p) - 2 * a * b * p * q + b * b * q * (1 - q)) / atRisk;
    deliveredArea += openBefore * p * (horizonSeconds - timeSeconds);
  }
  const seconds = horizonSeconds - deliveredArea;
  const standardErrorSeconds = Math.sqrt(Math.max(0, variance));
  const halfWidth = twoSidedNormalQuantile(confidence) * standardErrorSeconds;
  return {
    horizonSeconds,
    seconds,
    standardErrorSeconds,
    lowerSeconds: Math.max(0, seconds - halfWidth),
    upperSeconds: Math.min(horizonSeconds, seconds + halfWidth),
  };
}

function isKnownUpTo({ steps }: IncidenceCurve, horizonSeconds: number): boolean {
  const last = steps.at(-1);
  return last !== undefined && (last.timeSeconds >= horizonSeconds || last.open === 0);
}
