"use client";

import { memo } from "react";
import { formatDuration, formatNumber } from "#components/format.ts";
import { StatusChip } from "#components/jobs/status-chip.tsx";
import { ProviderName } from "#components/provider-name.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { useStableCallback } from "#components/layout/use-stable-callback.ts";
import { CopyId } from "#components/ui/copy-id.tsx";
import { RowCheckbox } from "#components/ui/row-checkbox.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { Time } from "#components/ui/time.tsx";
import { Unknown } from "#components/ui/unknown.tsx";
import type { AccountJob } from "#lib/domain/account-job.ts";
import { turnaroundSecondsOf } from "#lib/domain/turnaround-seconds.ts";
import { keyOf } from "./recent-jobs-state.ts";

type RecentJobsTableProps = {
  jobs: readonly AccountJob[];
  /** Keys of the chosen jobs; only new ones can be chosen. */
  selection: ReadonlySet<string>;
  onSelectionChange: (selection: ReadonlySet<string>) => void;
};

/** The jobs that the providers list, and whether each is known here. */
export function RecentJobsTable({ jobs, selection, onSelectionChange }: RecentJobsTableProps) {
  const offered = jobs.filter((job) => job.state === "new").map(keyOf);
  const chosenCount = offered.filter((key) => selection.has(key)).length;
  const toggle = useStableCallback((keys: string[], isChosen: boolean) => {
    const next = new Set(selection);
    for (const key of keys) {
      if (isChosen) next.add(key);
      else next.delete(key);
    }
    onSelectionChange(next);
  });
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader className="w-8 pr-0">
            <RowCheckbox
              aria-label="Select all new jobs on this page"
              isChecked={offered.length > 0 && chosenCount === offered.length}
              isIndeterminate={chosenCount > 0}
              isDisabled={offered.length === 0}
              onToggle={() => toggle(offered, chosenCount < offered.length)}
            />
          </TableHeader>
          <TableHeader>Here</TableHeader>
          <TableHeader>Status</TableHeader>
          <TableHeader>Provider and model</TableHeader>
          <TableHeader>Job id</TableHeader>
          <TableHeader>Created</TableHeader>
          <TableHeader isNumeric>Turnaround</TableHeader>
          <TableHeader isNumeric>Requests</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {jobs.map((job) => (
          <RecentJobRow key={keyOf(job)} job={job} isSelected={selection.has(keyOf(job))} onToggle={toggle} />
        ))}
      </TableBody>
    </Table>
  );
}

type RecentJobRowProps = {
  job: AccountJob;
  isSelected: boolean;
  /** Stays the same function, so that only the rows that changed are drawn anew. */
  onToggle: (keys: string[], isChosen: boolean) => void;
};

const RecentJobRow = memo(function RecentJobRow({ job, isSelected, onToggle }: RecentJobRowProps) {
  const turnaround = turnaroundSecondsOf(job);
  return (
    <TableRow isSelected={isSelected} className="hover:bg-raised/60">
      <TableCell className="pr-0">
        <RowCheckbox
          aria-label={`Select job ${job.providerJobId}`}
          isChecked={isSelected}
          isDisabled={job.state !== "new"}
          onToggle={() => onToggle([keyOf(job)], !isSelected)}
        />
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <StateHere job={job} />
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <StatusChip job={job} />
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <span className="flex items-center gap-2">
          <ProviderName provider={job.provider} />
          <span className={job.model ? "font-mono text-small" : "text-muted"}>
            {job.model ?? "unknown model"}
          </span>
        </span>
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <CopyId id={job.providerJobId} label="job id" length={17} />
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {job.createdAt ? <Time value={job.createdAt} show="both" /> : <Unknown />}
      </TableCell>
      <TableCell isNumeric>
        {turnaround === null ? <NoTurnaround job={job} /> : formatDuration(turnaround)}
      </TableCell>
      <TableCell isNumeric>{formatNumber(job.counts.total)}</TableCell>
    </TableRow>
  );
});

function NoTurnaround({ job }: { job: AccountJob }) {
  if (job.userStatus === "IN_PROGRESS") return <span className="text-muted">not ended</span>;
  return <Unknown title="Unknown: the provider gave no creation or end time" />;
}

function StateHere({ job }: { job: AccountJob }) {
  if (job.state === "new") return <Badge tone="accent">new</Badge>;
  if (job.jobId) return <TextLink href={`/jobs/${job.jobId}`}>known</TextLink>;
  return (
    <Badge
      tone="warning"
      title="It may be the batch of a job that is being sent right now. The engine finds out within seconds."
    >
      being sent
    </Badge>
  );
}
