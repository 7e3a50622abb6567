import type { ProviderId } from "./provider-id.ts";
import type { TurnaroundSummary } from "./turnaround-summary.ts";

/** Turnaround of jobs created in the last day, in the seven days before it, and in the last seven days. */
export type RecentTurnaround = {
  computedAt: Date;
  /** Real and simulated jobs are never counted together: real ones when there are any of this time. */
  isSimulated: boolean;
  /** There are jobs of the other kind too; they are left out. */
  hasOtherKind: boolean;
  /** Jobs created at their provider from here on count as now. */
  daySince: Date;
  /** Those from here until `daySince` count as the week before. */
  weekBeforeSince: Date;
  /** Those from here on are in the curves. */
  curvesSince: Date;
  all: { day: TurnaroundSummary; weekBefore: TurnaroundSummary };
  /** The providers that have jobs of this time. */
  providers: ProviderTurnaround[];
};

export type ProviderTurnaround = {
  provider: ProviderId;
  day: TurnaroundSummary;
  weekBefore: TurnaroundSummary;
  week: TurnaroundSummary;
};
