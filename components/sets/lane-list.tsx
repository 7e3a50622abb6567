import type { JobTask } from "#lib/domain/job-values.ts";
import type { JobSetDetail, LaneSummary } from "#lib/domain/job-set-summary.ts";
import { providerLabels } from "#lib/domain/provider-id.ts";
import type { TurnaroundSummary } from "#lib/domain/turnaround-summary.ts";
import { scaleOf, SmallCurve } from "../charts/small-curve.tsx";
import type { SmallTimeScale } from "../charts/small-time-scale.ts";
import { formatDuration, formatNumber, formatQuantity } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { LaneParametersView } from "./lane-parameters-view.tsx";
import { SetProgressBar, SetProgressLegend } from "./set-progress-bar.tsx";

type LaneListProps = {
  jobSet: Pick<JobSetDetail, "lanes" | "laneTurnarounds">;
  /** The address of a lane's jobs. */
  jobsHref: (lane: LaneSummary) => string;
};

const taskLabels: Record<JobTask, string> = { text: "Text answers" };

/** The lanes of a set, each with how far it is and how long its jobs take; the curves share one axis. */
export function LaneList({ jobSet: { lanes, laneTurnarounds }, jobsHref }: LaneListProps) {
  const scale = scaleOf(Object.values(laneTurnarounds));
  return (
    <ul>
      {lanes.map((lane) => (
        <li
          key={lane.id}
          className="grid gap-x-6 gap-y-3 border-b border-line px-4 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)]"
        >
          <div className="min-w-0">
            <h3 className="flex flex-wrap items-center gap-x-2 font-medium">
              <ProviderName provider={lane.provider} />
              <TextLink href={jobsHref(lane)} className="break-all">
                {lane.model}
              </TextLink>
            </h3>
            <p className="mt-0.5 text-small text-muted">
              {taskLabels[lane.task]}: {formatQuantity(lane.jobCount, "job")} of{" "}
              {formatQuantity(lane.requestsPerJob, "request")}, at most {formatNumber(lane.maxOutputTokens)}{" "}
              output tokens each
            </p>
            <LaneParametersView parameters={lane.parameters} />
          </div>
          <div className="flex min-w-0 flex-col justify-center gap-1.5">
            <SetProgressBar counts={lane} />
            <SetProgressLegend counts={lane} />
          </div>
          <LaneTurnaround lane={lane} turnaround={laneTurnarounds[lane.id]} scale={scale} />
        </li>
      ))}
    </ul>
  );
}

type LaneTurnaroundProps = {
  lane: LaneSummary;
  turnaround: TurnaroundSummary | undefined;
  scale: SmallTimeScale;
};

/** Keeps its height while nothing is known yet, so that the first job does not move the page. */
function LaneTurnaround({ lane, turnaround, scale }: LaneTurnaroundProps) {
  return (
    <div className="min-h-21 min-w-0">
      <p className="mb-1 text-small text-muted">{turnaround ? medianSentence(turnaround) : "No job yet"}</p>
      {turnaround && turnaround.jobCount > 0 && (
        <SmallCurve
          provider={lane.provider}
          name={`${providerLabels[lane.provider]} ${lane.model}`}
          summary={turnaround}
          scale={scale}
          className="h-10"
        />
      )}
    </div>
  );
}

/** `Half within 12 min (10 min – 15 min)`, or what is known before that. */
export function medianSentence({
  jobCount,
  median,
  canReachMedian,
  notDeliveredCount,
}: TurnaroundSummary): string {
  if (jobCount === 0) return "No turnaround yet";
  if (median.seconds !== null) {
    const { lowerSeconds, upperSeconds } = median;
    const interval =
      upperSeconds === null
        ? ""
        : ` (${formatDuration(lowerSeconds ?? 0)} – ${formatDuration(upperSeconds)})`;
    return `Half within ${formatDuration(median.seconds)}${interval}`;
  }
  if (!canReachMedian) return `Half is never reached: ${formatNumber(notDeliveredCount)} ended undelivered`;
  return `Half not delivered yet: median at least ${formatDuration(median.atLeastSeconds)}`;
}
