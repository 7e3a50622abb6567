import { z } from "zod";

/**
 * The statistics of the compare page once more, written from the textbook formulas alone, so that a mistake in the
 * product's own code is not repeated here. Slow and plain on purpose.
 */
export type Observation = { seconds: number; kind: "delivered" | "competing" | "censored" };

/** What a line of an exported report file says of its job, as far as it is needed here. */
export const exportedReportSchema = z.object({
  provider: z.string(),
  user_assigned_status: z.string(),
  service_reported_details: z.object({
    created_at: z.coerce.date().nullable(),
    ended_at: z.coerce.date().nullable(),
    completed_requests: z.number().nullable(),
  }),
});
export type ExportedReport = z.infer<typeof exportedReportSchema>;

/** What became of a job after how long; `at` decides the age of open ones. Null when its provider told no times. */
export function observe(report: ExportedReport, at: Date): Observation | null {
  const { user_assigned_status: status, service_reported_details: details } = report;
  const { created_at: createdAt, ended_at: endedAt, completed_requests: completed } = details;
  if (!createdAt) return null;
  if (status === "IN_PROGRESS") return { seconds: secondsFrom(createdAt, at), kind: "censored" };
  if (!endedAt) return null;
  const seconds = secondsFrom(createdAt, endedAt);
  if (status === "CANCELLED_ON_DEMAND") return { seconds, kind: "censored" };
  const isDelivered = status !== "CANCELLED_TIMED_OUT" && (completed ?? 0) > 0;
  return { seconds, kind: isDelivered ? "delivered" : "competing" };
}

function secondsFrom(start: Date, end: Date): number {
  return (end.getTime() - start.getTime()) / 1000;
}

export type Step = { seconds: number; share: number };

/** Aalen–Johansen: F(t) grows by S(t−) d/n at each time with d deliveries among n open jobs. */
export function shareDelivered(observations: readonly Observation[]): Step[] {
  let open = 1;
  let share = 0;
  return atEachTime(observations).map(({ seconds, atRisk, delivered, competing }) => {
    share += (open * delivered) / atRisk;
    open *= 1 - (delivered + competing) / atRisk;
    return { seconds, share };
  });
}

/** One minus Kaplan–Meier, any end an event. */
export function shareEnded(observations: readonly Observation[]): Step[] {
  let open = 1;
  return atEachTime(observations).map(({ seconds, atRisk, delivered, competing }) => {
    open *= 1 - (delivered + competing) / atRisk;
    return { seconds, share: 1 - open };
  });
}

function atEachTime(observations: readonly Observation[]) {
  const times = [...new Set(observations.map(({ seconds }) => seconds))].toSorted((a, b) => a - b);
  return times.map((seconds) => {
    const now = observations.filter((observation) => observation.seconds === seconds);
    return {
      seconds,
      atRisk: observations.filter((observation) => observation.seconds >= seconds).length,
      delivered: now.filter(({ kind }) => kind === "delivered").length,
      competing: now.filter(({ kind }) => kind === "competing").length,
    };
  });
}

const rounding = 1e-9;

/** First time at which the share is reached, the middle of a stretch that lies level at it; null when it never is. */
export function quantile(steps: readonly Step[], share: number): number | null {
  const first = steps.find((step) => step.share >= share - rounding);
  if (!first) return null;
  const later = steps.find((step) => step.share > share + rounding);
  const isLevel = Math.abs(first.share - share) <= rounding && later !== undefined;
  return isLevel ? (first.seconds + later.seconds) / 2 : first.seconds;
}

export function shareAt(steps: readonly Step[], seconds: number): number {
  return steps.findLast((step) => step.seconds <= seconds)?.share ?? 0;
}

/** Area above the curve up to the horizon. */
export function restrictedMean(steps: readonly Step[], horizonSeconds: number): number {
  const inside = steps.filter(({ seconds }) => seconds < horizonSeconds);
  return [{ seconds: 0, share: 0 }, ...inside].reduce((area, step, index) => {
    const end = inside[index]?.seconds ?? horizonSeconds;
    return area + (1 - step.share) * (end - step.seconds);
  }, 0);
}

/** Wilson's 95 % interval. */
export function wilson(successes: number, total: number): { lower: number; upper: number } {
  const quantile95 = 1.959963984540054;
  const p = successes / total;
  const center = (p + quantile95 ** 2 / (2 * total)) / (1 + quantile95 ** 2 / total);
  const half =
    (quantile95 * Math.sqrt((p * (1 - p)) / total + quantile95 ** 2 / (4 * total ** 2))) /
    (1 + quantile95 ** 2 / total);
  return { lower: center - half, upper: center + half };
}

/** χ² of the log-rank test of two groups for deliveries, all other ends being censored. */
export function logRankChiSquare(first: readonly Observation[], second: readonly Observation[]): number {
  let difference = 0;
  let variance = 0;
  for (const { seconds, atRisk: n, delivered: d } of atEachTime([...first, ...second])) {
    const n1 = first.filter((observation) => observation.seconds >= seconds).length;
    const d1 = first.filter((at) => at.seconds === seconds && at.kind === "delivered").length;
    difference += d1 - (d * n1) / n;
    if (n > 1) variance += (d * (n1 / n) * (1 - n1 / n) * (n - d)) / (n - 1);
  }
  return difference ** 2 / variance;
}
