/** What a curve tells at one time; the three counts add up to all jobs of the curve. */
export type AtRiskRow = {
  timeSeconds: number;
  /** Jobs whose known duration is at least this long. */
  atRisk: number;
  /** Jobs that had ended before this time, in any way. */
  endedBefore: number;
  /** Jobs last seen open before this time. */
  censoredBefore: number;
};

/** Both curves of this room have such steps. */
type CountedCurve = {
  subjectCount: number;
  steps: readonly { timeSeconds: number; atRisk: number; censored: number }[];
};

/**
 * The at-risk table below a curve: one row for each of `timesSeconds`, in their order, which must be ascending
 * (else a RangeError).
 * Source: Pocock, Clayton & Altman, Survival plots of time-to-event outcomes, The Lancet 359 (2002).
 */
export function atRiskTable(curve: CountedCurve, timesSeconds: readonly number[]): AtRiskRow[] {
  let index = 0;
  let censoredBefore = 0;
  let previousSeconds = -Infinity;
  return timesSeconds.map((timeSeconds) => {
    if (!(timeSeconds >= previousSeconds)) throw new RangeError("The times of an at-risk table must ascend.");
    previousSeconds = timeSeconds;
    let step = curve.steps[index];
    while (step !== undefined && step.timeSeconds < timeSeconds) {
      censoredBefore += step.censored;
      index += 1;
      step = curve.steps[index];
    }
    const atRisk = step?.atRisk ?? 0;
    return { timeSeconds, atRisk, endedBefore: curve.subjectCount - atRisk - censoredBefore, censoredBefore };
  });
}
