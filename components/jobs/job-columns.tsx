import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { JobFilter, JobListItem } from "#lib/domain/job-page.ts";
import { formatNumber } from "../format.ts";
import { ProviderName } from "../provider-name.tsx";
import { CopyId } from "../ui/copy-id.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { Time } from "../ui/time.tsx";
import { Unknown } from "../ui/unknown.tsx";
import { JobProgress } from "./progress-bar.tsx";
import { JobEndEstimate } from "./job-end-estimate.tsx";
import { JobTurnaround } from "./job-turnaround.tsx";
import { StatusChip } from "./status-chip.tsx";

/** One column of the list of jobs. On phones each row is a card, and its cells find their place by class. */
export type JobColumn = {
  id: string;
  header: string;
  sort?: JobFilter["sort"];
  isNumeric?: boolean;
  /** Always shown. */
  isFixed?: boolean;
  /** Shown only when somebody asks for it. */
  isExtra?: boolean;
  /** Width, and below which width of the page the column goes. */
  className: string;
  /** Shows the remark that there is no room: at the widths at which `className` takes the column away. */
  noRoom?: string;
  /** Written before the value on a card, which has no header. */
  cardLabel?: string;
  cell: (job: JobListItem) => ReactNode;
};

const cardLine = "max-sm:col-span-2 max-sm:col-start-2 max-sm:w-auto";
const onNoCard = "max-sm:hidden";

/** Every column in the order of the list. A new one is one entry here. */
export const jobColumns: readonly JobColumn[] = [
  {
    id: "status",
    header: "Status",
    sort: "status",
    isFixed: true,
    className: "w-46 max-[45rem]:w-38 max-sm:row-start-1 max-sm:w-auto",
    cell: (job) => <StatusChip job={job} />,
  },
  {
    id: "model",
    header: "Provider and model",
    sort: "provider",
    isFixed: true,
    className: `min-w-40 grow-[3] basis-0 ${cardLine}`,
    cell: (job) => <ModelCell job={job} />,
  },
  {
    id: "providerJobId",
    header: "Job id",
    className: `w-40 max-xl:hidden ${onNoCard}`,
    noRoom: "xl:hidden",
    cell: (job) =>
      job.providerJobId ? (
        <CopyId id={job.providerJobId} label="job id" length={15} />
      ) : (
        <Unknown title="Unknown: the job is not at the provider yet" />
      ),
  },
  {
    id: "jobSet",
    header: "Job set",
    className: `min-w-28 grow-[2] basis-0 max-[100rem]:hidden max-sm:flex max-sm:items-baseline ${cardLine}`,
    noRoom: "max-sm:hidden min-[100rem]:hidden",
    cardLabel: "Set",
    cell: (job) => <JobSetCell job={job} />,
  },
  {
    id: "progress",
    header: "Progress",
    // Between phones and small tablets the line has no room for it; the status tells a partial success.
    className: `w-40 max-[52rem]:hidden max-sm:block print:block! ${cardLine}`,
    noRoom: "max-sm:hidden min-[52rem]:hidden",
    cell: (job) => <JobProgress job={job} />,
  },
  {
    id: "turnaround",
    header: "Age or turnaround",
    sort: "turnaround",
    isNumeric: true,
    className: "w-32 max-sm:col-start-2 max-sm:w-auto",
    cardLabel: "Time",
    cell: (job) => <JobTurnaround job={job} />,
  },
  {
    id: "estimatedEnd",
    header: "Ends, estimate",
    isNumeric: true,
    className: `w-36 max-[89rem]:hidden ${onNoCard}`,
    noRoom: "min-[89rem]:hidden",
    cell: (job) => <JobEndEstimate job={job} />,
  },
  {
    id: "lastChecked",
    header: "Last checked",
    sort: "lastChecked",
    isNumeric: true,
    className: "w-28 max-lg:hidden max-sm:block max-sm:w-auto max-sm:text-right",
    noRoom: "max-sm:hidden lg:hidden",
    cardLabel: "checked",
    cell: (job) => <Time value={job.observed.lastCheckedAt} show="relative" className="text-muted" />,
  },
  {
    id: "launched",
    header: "Launched",
    sort: "launched",
    isNumeric: true,
    isExtra: true,
    className: `w-40 ${onNoCard}`,
    noRoom: "sm:hidden",
    cell: (job) => <Time value={job.observed.launchedAt} className="text-muted" />,
  },
  {
    id: "serviceStatus",
    header: "Service status",
    isExtra: true,
    className: `w-48 ${onNoCard}`,
    noRoom: "sm:hidden",
    cell: (job) =>
      job.serviceStatus ? (
        <span className="block truncate font-mono text-small">{job.serviceStatus}</span>
      ) : (
        <Unknown title="Unknown: the job is not at the provider yet" />
      ),
  },
  {
    id: "tokens",
    header: "Tokens",
    isNumeric: true,
    isExtra: true,
    className: `w-24 ${onNoCard}`,
    noRoom: "sm:hidden",
    cell: (job) => {
      const tokens = job.collected?.usage.totalTokens ?? null;
      return tokens === null ? (
        <Unknown title="Known when the results are collected" />
      ) : (
        formatNumber(tokens)
      );
    },
  },
  {
    id: "origin",
    header: "Origin",
    isExtra: true,
    className: `w-24 ${onNoCard}`,
    noRoom: "sm:hidden",
    cell: (job) => <span className="text-muted">{job.origin}</span>,
  },
];

export const defaultColumnIds: readonly string[] = jobColumns.flatMap(({ id, isExtra }) =>
  isExtra ? [] : [id],
);

function ModelCell({ job }: { job: JobListItem }) {
  return (
    <span className="flex min-w-0 items-center gap-x-2">
      <ProviderName provider={job.provider} />
      <TextLink
        href={`/jobs/${job.id}`}
        prefetch={false}
        className="min-w-0 truncate"
        title={job.model ?? undefined}
      >
        {job.model ?? "unknown model"}
      </TextLink>
      {job.trouble && (
        <span className="inline-flex shrink-0 items-center gap-1 text-small text-partial" title={job.trouble}>
          <TriangleAlert aria-hidden className="size-3.5" />
          in trouble
        </span>
      )}
    </span>
  );
}

function JobSetCell({ job }: { job: JobListItem }) {
  if (!job.jobSetId)
    return <span className="text-muted">{job.origin === "launched" ? "none" : job.origin}</span>;
  return (
    <TextLink
      href={`/job-sets/${job.jobSetId}`}
      prefetch={false}
      isQuiet
      className="inline-block max-w-full min-w-0 truncate align-bottom"
      title={job.jobSetName ?? undefined}
    >
      {job.jobSetName || "Unnamed set"}
    </TextLink>
  );
}
