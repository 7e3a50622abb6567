import type { JobSetSummary, LaneSummary } from "#lib/domain/job-set-summary.ts";
import { formatNumber, formatQuantity } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { LaneParametersView } from "./lane-parameters-view.tsx";
import { SetProgressBar, SetProgressLegend } from "./set-progress-bar.tsx";

type LaneListProps = {
  jobSet: Pick<JobSetSummary, "lanes">;
  /** The address of a lane's jobs. */
  jobsHref: (lane: LaneSummary) => string;
};

/** The lanes of a set, each with how far it is. */
export function LaneList({ jobSet, jobsHref }: LaneListProps) {
  return (
    <ul>
      {jobSet.lanes.map((lane) => (
        <li
          key={lane.id}
          className="grid gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]"
        >
          <div className="min-w-0">
            <h3 className="flex flex-wrap items-center gap-x-2 font-medium">
              <ProviderName provider={lane.provider} />
              <TextLink href={jobsHref(lane)} className="break-all">
                {lane.model}
              </TextLink>
            </h3>
            <p className="mt-0.5 text-small text-muted">
              {formatQuantity(lane.jobCount, "job")} of {formatQuantity(lane.requestsPerJob, "request")}, at
              most {formatNumber(lane.maxOutputTokens)} output tokens each
            </p>
            <LaneParametersView parameters={lane.parameters} />
          </div>
          <div className="flex min-w-0 flex-col justify-center gap-1.5">
            <SetProgressBar counts={lane} />
            <SetProgressLegend counts={lane} />
          </div>
        </li>
      ))}
    </ul>
  );
}
