import type { Job } from "#lib/domain/job.ts";
import { isTerminal } from "#lib/domain/user-status.ts";

export type TimelineState =
  | "reached"
  /** Reached, and the job is still there. */
  | "current"
  /** May still come. */
  | "ahead"
  /** Over without it: the provider does not say when it was, or it never happened. */
  | "missing"
  /** A limit that lies ahead. */
  | "deadline";

export type TimelineStep = {
  key: string;
  label: string;
  at: Date | null;
  state: TimelineState;
  /** Since the reached step before; null for the first one and while either moment is unknown. */
  secondsSincePrevious: number | null;
};

type Moment = { key: string; label: string; at: Date | null };

/** The job's life as its provider tells it, by the provider's clock. Steps that this provider never reports are left out. */
export function reportedSteps(job: Job): TimelineStep[] {
  const { reported, provider } = job;
  const isOver = isTerminal(job.userStatus);
  const reportsSteps = provider === "openai";
  const isCancelling = reported.cancellingAt !== null || (!isOver && job.observed.cancelRequestedAt !== null);
  const moments: (Moment | false)[] = [
    { key: "created", label: "Created", at: reported.createdAt },
    (reportsSteps || reported.startedAt !== null) && {
      key: "started",
      label: "Started",
      at: reported.startedAt,
    },
    (reportsSteps || reported.finalizingAt !== null) && {
      key: "finalizing",
      label: "Finalizing",
      at: reported.finalizingAt,
    },
    isCancelling && { key: "cancelling", label: "Cancelling", at: reported.cancellingAt },
    { key: "ended", label: endLabel(job), at: reported.endedAt },
  ];
  const steps = toSteps(moments, isOver);
  if (isOver || reported.expiresAt === null) return steps;
  return [
    ...steps,
    {
      key: "expires",
      label: "Expires",
      at: reported.expiresAt,
      state: "deadline",
      secondsSincePrevious: null,
    },
  ];
}

const arrivalLabels = { launched: "Launched", adopted: "Adopted", imported: "Imported" } as const;

/** What we did and saw, by our own clock. */
export function observedSteps(job: Job): TimelineStep[] {
  const { observed } = job;
  const isOver = job.step === "done";
  const moments: (Moment | false)[] = [
    { key: "launched", label: arrivalLabels[job.origin], at: observed.launchedAt },
    job.origin === "launched" && { key: "submit", label: "Submission started", at: observed.submitStartedAt },
    job.origin === "launched" && { key: "submitted", label: "Submitted", at: observed.submittedAt },
    observed.cancelRequestedAt !== null && {
      key: "cancel",
      label: "Cancellation asked",
      at: observed.cancelRequestedAt,
    },
    { key: "endSeen", label: "End seen", at: observed.endSeenAt },
    { key: "collected", label: "Results collected", at: observed.collectedAt },
    observed.resultsPrunedAt !== null && {
      key: "pruned",
      label: "Results deleted here",
      at: observed.resultsPrunedAt,
    },
    observed.removedAtProviderAt !== null && {
      key: "removed",
      label: "Deleted at the provider",
      at: observed.removedAtProviderAt,
    },
  ];
  return toSteps(moments, isOver);
}

function toSteps(moments: readonly (Moment | false)[], isOver: boolean): TimelineStep[] {
  let previous: Date | null = null;
  const steps: TimelineStep[] = [];
  for (const moment of moments) {
    if (moment === false) continue;
    const { at } = moment;
    const secondsSincePrevious: number | null =
      at && previous ? (at.getTime() - previous.getTime()) / 1000 : null;
    steps.push({ ...moment, state: at ? "reached" : isOver ? "missing" : "ahead", secondsSincePrevious });
    previous = at ?? previous;
  }
  if (isOver) return steps;
  const current = steps.findLastIndex((step) => step.state === "reached");
  return steps.map((step, index) => (index === current ? { ...step, state: "current" } : step));
}

function endLabel(job: Job): string {
  if (job.userStatus === "IN_PROGRESS") return "End";
  // Anthropic's word says no more than ours.
  return job.serviceStatus === null || job.serviceStatus === "ended"
    ? "Ended"
    : `Ended: ${job.serviceStatus}`;
}
