import type { EndEstimate } from "#lib/domain/end-estimate.ts";
import { formatDuration, formatPercent, formatQuantity } from "../format.ts";

const basisWords: Record<EndEstimate["basis"], string> = {
  model_and_size: "of this model and size",
  model: "of this model",
  provider: "of this provider",
};

/** `in 2 min to 9 min`, `in 20 s or more`, `any moment to 4 min`, `overdue`. Coarse on purpose: it is an estimate. */
export function estimateWords({ earliestEndAt, latestEndAt }: EndEstimate, now: Date): string {
  const earliest = secondsUntil(earliestEndAt, now);
  if (latestEndAt === null) {
    return earliest === 0 ? "any moment, or much later" : `in ${coarse(earliest)} or more`;
  }
  const latest = secondsUntil(latestEndAt, now);
  if (latest === 0) return "later than expected";
  if (earliest === 0) return `within ${coarse(latest)}`;
  if (coarse(earliest) === coarse(latest)) return `in ${coarse(latest)}`;
  return `in ${coarse(earliest)} to ${coarse(latest)}`;
}

/** What an estimate rests on, in a sentence. */
export function describeBasis({ level, basis, jobCount }: EndEstimate): string {
  const jobs = formatQuantity(jobCount, "job");
  return `An estimate: ${formatPercent(level)} of the ${jobs} ${basisWords[basis]} that were open for as long ended in this range.`;
}

function secondsUntil(moment: Date, now: Date): number {
  return Math.max(0, (moment.getTime() - now.getTime()) / 1000);
}

/** Whole minutes from a minute on, tens of seconds below. */
function coarse(seconds: number): string {
  if (seconds < 60) return formatDuration(Math.max(10, Math.ceil(seconds / 10) * 10));
  return formatDuration(seconds < 3_600 ? Math.round(seconds / 60) * 60 : seconds);
}
