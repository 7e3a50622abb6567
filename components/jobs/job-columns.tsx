"use client";

import { createColumnHelper, rowSelectionFeature, tableFeatures } from "@tanstack/react-table";
import { TriangleAlert } from "lucide-react";
import type { JobListItem, JobFilter } from "#lib/domain/job-page.ts";
import { ProviderName } from "../provider-name.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { CopyId } from "../ui/copy-id.tsx";
import { TextLink } from "../ui/text-link.tsx";
import { Time } from "../ui/time.tsx";
import { Unknown } from "../ui/unknown.tsx";
import { JobProgress } from "./progress-bar.tsx";
import { JobRowMenu } from "./job-row-menu.tsx";
import { JobTurnaround } from "./job-turnaround.tsx";
import { StatusChip } from "./status-chip.tsx";

export const jobTableFeatures = tableFeatures({ rowSelectionFeature });

/** How a column behaves besides its content; on phones each row is a card and its cells find their place by class. */
export type JobColumnLook = {
  sort?: JobFilter["sort"];
  isNumeric?: boolean;
  className?: string;
  /** Written before the value where the column has no header. */
  cardLabel?: string;
};

const cardLine = "max-sm:col-start-2 max-sm:col-span-2";

export const jobColumnLooks: Record<string, JobColumnLook> = {
  select: { className: "w-8 pr-0 max-sm:row-start-1 max-sm:w-auto" },
  status: { sort: "status", className: "w-36 whitespace-nowrap max-sm:row-start-1 max-sm:w-auto" },
  model: { sort: "provider", className: `sm:whitespace-nowrap ${cardLine}` },
  providerJobId: { className: `max-lg:hidden whitespace-nowrap ${cardLine} max-sm:block` },
  jobSet: {
    className: `max-xl:hidden sm:w-[16%] sm:max-w-0 ${cardLine} max-sm:block`,
    cardLabel: "Set",
  },
  progress: { className: `sm:w-[14%] sm:min-w-32 ${cardLine}` },
  turnaround: {
    sort: "turnaround",
    isNumeric: true,
    className: "max-sm:col-start-2",
    cardLabel: "Turnaround",
  },
  lastChecked: {
    sort: "lastChecked",
    isNumeric: true,
    className: "max-xl:hidden max-sm:block max-sm:col-start-3",
    cardLabel: "checked",
  },
  actions: {
    className: "w-8 text-right max-sm:text-right max-sm:col-start-3 max-sm:row-start-1 max-sm:w-auto",
  },
};

const helper = createColumnHelper<typeof jobTableFeatures, JobListItem>();

export const jobColumns = helper.columns([
  helper.display({
    id: "select",
    header: ({ table }) => (
      <Checkbox
        aria-label="Select all jobs on this page"
        isChecked={table.getIsAllRowsSelected()}
        isIndeterminate={table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected()}
        onCheckedChange={(isChecked) => table.toggleAllRowsSelected(isChecked)}
      />
    ),
    cell: ({ row }) => (
      <Checkbox
        aria-label={`Select job ${row.original.providerJobId ?? row.original.id}`}
        isChecked={row.getIsSelected()}
        onCheckedChange={(checked, event) =>
          row.getToggleSelectedHandler()({
            target: { checked },
            shiftKey: "shiftKey" in event && event.shiftKey,
          })
        }
      />
    ),
  }),
  helper.display({ id: "status", header: "Status", cell: ({ row }) => <StatusChip job={row.original} /> }),
  helper.display({
    id: "model",
    header: "Provider and model",
    cell: ({ row }) => <ModelCell job={row.original} />,
  }),
  helper.display({
    id: "providerJobId",
    header: "Job id",
    cell: ({ row: { original: job } }) =>
      job.providerJobId ? (
        <CopyId id={job.providerJobId} label="job id" length={17} />
      ) : (
        <Unknown title="Unknown: the job is not at the provider yet" />
      ),
  }),
  helper.display({ id: "jobSet", header: "Job set", cell: ({ row }) => <JobSetCell job={row.original} /> }),
  helper.display({
    id: "progress",
    header: "Progress",
    cell: ({ row }) => <JobProgress job={row.original} />,
  }),
  helper.display({
    id: "turnaround",
    header: "Turnaround",
    cell: ({ row }) => <JobTurnaround job={row.original} />,
  }),
  helper.display({
    id: "lastChecked",
    header: "Last checked",
    cell: ({ row }) => (
      <Time value={row.original.observed.lastCheckedAt} show="relative" className="text-muted" />
    ),
  }),
  helper.display({
    id: "actions",
    header: () => <span className="sr-only">Actions</span>,
    cell: ({ row }) => <JobRowMenu job={row.original} />,
  }),
]);

function ModelCell({ job }: { job: JobListItem }) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 sm:flex-nowrap">
      <ProviderName provider={job.provider} />
      <TextLink
        href={`/jobs/${job.id}`}
        className="max-w-64 truncate max-sm:whitespace-normal max-sm:break-all"
        title={job.model ?? undefined}
      >
        {job.model ?? "unknown model"}
      </TextLink>
      {job.trouble && (
        <span className="inline-flex items-center gap-1 text-small text-partial" title={job.trouble}>
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
      className="text-ink sm:block sm:truncate"
      title={job.jobSetName ?? undefined}
    >
      {job.jobSetName || "Unnamed set"}
    </TextLink>
  );
}
