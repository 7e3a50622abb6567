import {
  CircleCheck,
  CircleMinus,
  CircleX,
  ClockAlert,
  Contrast,
  Hourglass,
  LoaderCircle,
} from "lucide-react";
import type { Job } from "#lib/domain/job.ts";
import { hasNoSuccess, isPartial } from "#lib/domain/outcome-counts.ts";
import type { UserStatus } from "#lib/domain/user-status.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { statusLabels } from "./status-labels.ts";
import { Badge, type BadgeTone } from "../ui/badge.tsx";

const statusLooks: Record<UserStatus, { icon: typeof CircleCheck; tone: BadgeTone }> = {
  IN_PROGRESS: { icon: LoaderCircle, tone: "in-progress" },
  SUCCEEDED: { icon: CircleCheck, tone: "succeeded" },
  FAILED: { icon: CircleX, tone: "failed" },
  CANCELLED_TIMED_OUT: { icon: ClockAlert, tone: "warning" },
  CANCELLED_ON_DEMAND: { icon: CircleMinus, tone: "cancelled" },
};

/** A status with its icon and word, as in filters and legends. */
export function StatusName({ status }: { status: UserStatus }) {
  const { icon: Icon, tone } = statusLooks[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {statusLabels[status]}
    </Badge>
  );
}

type ChipJob = Pick<Job, "userStatus" | "serviceStatus" | "counts"> & {
  /** Both are left out of a job that the provider lists and nobody here follows. */
  step?: Job["step"];
  observed?: Pick<Job["observed"], "cancelRequestedAt">;
};

/**
 * The state of one job. A job of which only part succeeded is amber and says how many: the status alone hides it.
 * While it is in progress the chip tells waiting, cancelling and running apart. The provider's own word is on hover.
 */
export function StatusChip({ job }: { job: ChipJob }) {
  const { icon: Icon, tone, label } = chipOf(job);
  const spins = Icon === LoaderCircle;
  return (
    <Badge
      tone={tone}
      title={titleOf(job)}
      icon={<Icon aria-hidden className={spins ? "animate-spin" : undefined} />}
    >
      {label}
    </Badge>
  );
}

function chipOf(job: ChipJob): { icon: typeof CircleCheck; tone: BadgeTone; label: string } {
  const { userStatus, counts } = job;
  if (userStatus === "IN_PROGRESS") {
    if (job.observed?.cancelRequestedAt) return { ...statusLooks.IN_PROGRESS, label: "Cancelling" };
    if (job.step === "submit") return { icon: Hourglass, tone: "cancelled", label: "Waiting" };
    return { ...statusLooks.IN_PROGRESS, label: statusLabels.IN_PROGRESS };
  }
  const share = `${formatNumber(counts.succeeded)}/${formatNumber(counts.total)} succeeded`;
  if (isPartial(counts)) {
    if (userStatus === "SUCCEEDED" || userStatus === "FAILED")
      return { icon: Contrast, tone: "warning", label: share };
    const short = `${formatNumber(counts.succeeded)}/${formatNumber(counts.total)}`;
    return { ...statusLooks[userStatus], label: `${statusLabels[userStatus]}, ${short}` };
  }
  if (userStatus === "SUCCEEDED" && hasNoSuccess(counts))
    return { icon: CircleX, tone: "failed", label: share };
  return { ...statusLooks[userStatus], label: statusLabels[userStatus] };
}

function titleOf(job: ChipJob): string {
  const word = job.serviceStatus ? `The provider says: ${job.serviceStatus}` : "Not at the provider yet";
  const { succeeded, total } = job.counts;
  const share =
    succeeded === null || total === null || job.userStatus === "IN_PROGRESS"
      ? ""
      : ` ${formatNumber(succeeded)} of ${formatQuantity(total, "request")} succeeded.`;
  return `${statusLabels[job.userStatus]} (${job.userStatus}).${share} ${word}`;
}
