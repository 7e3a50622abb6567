import type { OutcomeCounts } from "./outcome-counts.ts";
import type { ProviderId } from "./provider-id.ts";
import type { CancelReason, UserStatus } from "./user-status.ts";

/** A job that runs longer than this is cancelled by us, and a foreign cancellation after it counts as timed out. */
export const timeOutSeconds = 24 * 60 * 60;

/** What the table needs to know about a job to judge it. */
export type StatusFacts = {
  provider: ProviderId;
  /** The provider's own word, verbatim; null while the job is not at the provider. */
  serviceStatus: string | null;
  counts: OutcomeCounts;
  /** Provider clock. */
  createdAt: Date | null;
  /** Provider clock. */
  endedAt: Date | null;
  /** Who asked for the cancellation, where we know; null for jobs that we only adopted. */
  cancelReason: CancelReason | null;
};

type StatusRule = {
  provider: ProviderId;
  serviceStatus: string;
  when?: (facts: StatusFacts) => boolean;
  userStatus: UserStatus;
};

const anyErrored = ({ counts }: StatusFacts) => (counts.failed ?? 0) > 0;
const anyCancelled = ({ counts }: StatusFacts) => (counts.cancelled ?? 0) > 0;
const anyExpired = ({ counts }: StatusFacts) => (counts.expired ?? 0) > 0;
const wasTimedOut = (facts: StatusFacts) =>
  facts.cancelReason === "time_out" || (facts.cancelReason === null && ranPastTimeOut(facts));

function ranPastTimeOut({ createdAt, endedAt }: StatusFacts): boolean {
  if (!createdAt || !endedAt) return false;
  return (endedAt.getTime() - createdAt.getTime()) / 1000 > timeOutSeconds;
}

/**
 * The one status table: the first rule whose provider, service status and condition hold decides.
 * Google's wire says `BATCH_STATE_*`, some SDKs say `JOB_STATE_*`; both are known.
 */
export const statusTable: readonly StatusRule[] = [
  ...["JOB_STATE_", "BATCH_STATE_"].flatMap((prefix): StatusRule[] => [
    { provider: "google", serviceStatus: `${prefix}SUCCEEDED`, userStatus: "SUCCEEDED" },
    { provider: "google", serviceStatus: `${prefix}FAILED`, userStatus: "FAILED" },
    { provider: "google", serviceStatus: `${prefix}EXPIRED`, userStatus: "CANCELLED_TIMED_OUT" },
    {
      provider: "google",
      serviceStatus: `${prefix}CANCELLED`,
      when: wasTimedOut,
      userStatus: "CANCELLED_TIMED_OUT",
    },
    { provider: "google", serviceStatus: `${prefix}CANCELLED`, userStatus: "CANCELLED_ON_DEMAND" },
    { provider: "google", serviceStatus: `${prefix}PENDING`, userStatus: "IN_PROGRESS" },
    { provider: "google", serviceStatus: `${prefix}RUNNING`, userStatus: "IN_PROGRESS" },
  ]),
  { provider: "openai", serviceStatus: "completed", userStatus: "SUCCEEDED" },
  { provider: "openai", serviceStatus: "failed", userStatus: "FAILED" },
  { provider: "openai", serviceStatus: "expired", userStatus: "CANCELLED_TIMED_OUT" },
  {
    provider: "openai",
    serviceStatus: "cancelled",
    when: wasTimedOut,
    userStatus: "CANCELLED_TIMED_OUT",
  },
  { provider: "openai", serviceStatus: "cancelled", userStatus: "CANCELLED_ON_DEMAND" },
  { provider: "openai", serviceStatus: "validating", userStatus: "IN_PROGRESS" },
  { provider: "openai", serviceStatus: "in_progress", userStatus: "IN_PROGRESS" },
  { provider: "openai", serviceStatus: "finalizing", userStatus: "IN_PROGRESS" },
  { provider: "openai", serviceStatus: "cancelling", userStatus: "IN_PROGRESS" },
  { provider: "anthropic", serviceStatus: "ended", when: anyErrored, userStatus: "FAILED" },
  {
    provider: "anthropic",
    serviceStatus: "ended",
    when: (facts) => anyCancelled(facts) && facts.cancelReason === "time_out",
    userStatus: "CANCELLED_TIMED_OUT",
  },
  { provider: "anthropic", serviceStatus: "ended", when: anyCancelled, userStatus: "CANCELLED_ON_DEMAND" },
  { provider: "anthropic", serviceStatus: "ended", when: anyExpired, userStatus: "CANCELLED_TIMED_OUT" },
  { provider: "anthropic", serviceStatus: "ended", userStatus: "SUCCEEDED" },
  { provider: "anthropic", serviceStatus: "in_progress", userStatus: "IN_PROGRESS" },
  { provider: "anthropic", serviceStatus: "canceling", userStatus: "IN_PROGRESS" },
];

/**
 * Our judgement of a job at the provider. A service status that is not in the table counts as `IN_PROGRESS`
 * and is reported by `isKnownServiceStatus`, so that a new word of a provider never stops anything.
 */
export function userStatusOf(facts: StatusFacts): UserStatus {
  const rule = statusTable.find(
    (candidate) =>
      candidate.provider === facts.provider &&
      candidate.serviceStatus === facts.serviceStatus &&
      (candidate.when?.(facts) ?? true),
  );
  return rule?.userStatus ?? "IN_PROGRESS";
}

export function isKnownServiceStatus(provider: ProviderId, serviceStatus: string): boolean {
  return statusTable.some((rule) => rule.provider === provider && rule.serviceStatus === serviceStatus);
}
