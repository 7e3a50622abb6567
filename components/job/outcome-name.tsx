import { CircleCheck, CircleMinus, CircleX, ClockAlert, FileWarning } from "lucide-react";
import { classNames } from "#components/ui/class-names.ts";
import type { resultOutcomeFilters } from "#lib/domain/result-page.ts";

type Outcome = (typeof resultOutcomeFilters)[number];

export const outcomeLabels: Record<Outcome, string> = {
  succeeded: "Succeeded",
  failed: "Failed",
  expired: "Expired",
  cancelled: "Cancelled",
  unreadable: "Unreadable",
};

const looks: Record<Outcome, { icon: typeof CircleCheck; color: string }> = {
  succeeded: { icon: CircleCheck, color: "text-succeeded" },
  failed: { icon: CircleX, color: "text-failed" },
  expired: { icon: ClockAlert, color: "text-timed-out" },
  cancelled: { icon: CircleMinus, color: "text-cancelled-on-demand" },
  unreadable: { icon: FileWarning, color: "text-partial" },
};

/** An outcome with its icon and word. */
export function OutcomeName({ outcome }: { outcome: Outcome }) {
  const { icon: Icon, color } = looks[outcome];
  return (
    <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap", color)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {outcomeLabels[outcome]}
    </span>
  );
}
