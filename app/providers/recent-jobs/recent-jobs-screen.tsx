"use client";

import { Download, Plug } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { formatNumber, formatQuantity } from "#components/format.ts";
import { HoursForm } from "#components/providers/hours-form.tsx";
import { RecentJobsReadings } from "#components/providers/recent-jobs-readings.tsx";
import {
  allJobsOf,
  holdsUpOthers,
  keyOf,
  settledJobsOf,
  type ProviderReading,
} from "#components/providers/recent-jobs-state.ts";
import { RecentJobsTable } from "#components/providers/recent-jobs-table.tsx";
import { useRecentJobs } from "#components/providers/use-recent-jobs.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { AccountJob } from "#lib/domain/account-job.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { recentJobsSearchParams } from "./search-params.ts";

type RecentJobsScreenProps = { providers: ProviderId[]; isSimulated: boolean };

const title = "Recent jobs of the account";

/** What the accounts hold, launched here or elsewhere, and the import of what is not known here yet. */
export function RecentJobsScreen({ providers, isSimulated }: RecentJobsScreenProps) {
  const [{ hours }, setParams] = useQueryStates(recentJobsSearchParams, { history: "push" });
  if (providers.length === 0) {
    return (
      <>
        <PageHeader title={title} />
        <Panel>
          <EmptyState
            icon={<Plug aria-hidden />}
            title="No key is set"
            action={<LinkButton href="/providers#keys">How keys are set</LinkButton>}
          >
            With a provider&apos;s key, the jobs of its account appear here and can be imported.
          </EmptyState>
        </Panel>
      </>
    );
  }
  return (
    <RecentJobsOf
      key={hours}
      providers={providers}
      isSimulated={isSimulated}
      hours={hours}
      onHours={(next) => void setParams({ hours: next })}
    />
  );
}

type RecentJobsOfProps = RecentJobsScreenProps & { hours: number; onHours: (hours: number) => void };

function RecentJobsOf({ providers, isSimulated, hours, onHours }: RecentJobsOfProps) {
  const { readings, retry, importJobs } = useRecentJobs(providers, hours);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [page, setPage] = useState(1);
  const jobs = allJobsOf(readings);
  const selected = jobs.filter((job) => job.state === "new" && selection.has(keyOf(job)));

  function startImport() {
    for (const { provider } of readings) {
      const ids = selected.filter((job) => job.provider === provider).map((job) => job.providerJobId);
      if (selected.length === 0) void importJobs(provider, null);
      else if (ids.length > 0) void importJobs(provider, ids);
    }
    setSelection(new Set());
  }

  return (
    <>
      <PageHeader
        title={title}
        badges={isSimulated && <Badge>simulated</Badge>}
        state={
          // The longest line never changes: so the counts, which do, can push nothing on the page around.
          <>
            <p>{describeJobs(jobs, readings)}</p>
            <p>
              Imported jobs are followed and their results fetched; Batchmark never cancels or deletes them by
              itself.
            </p>
          </>
        }
        actions={
          <ImportButton
            jobs={jobs}
            selectedCount={selected.length}
            readings={readings}
            onImport={startImport}
          />
        }
      />
      <div className="flex flex-col gap-4">
        <HoursForm hours={hours} onChange={onHours} />
        <ImportOutcome readings={readings} />
        <RecentJobsReadings readings={readings} onRetry={retry} />
        <ListedJobs
          jobs={settledJobsOf(readings)}
          readings={readings}
          page={page}
          onPage={setPage}
          selection={selection}
          onSelectionChange={setSelection}
        />
      </div>
    </>
  );
}

function describeJobs(jobs: readonly AccountJob[], readings: readonly ProviderReading[]): string {
  const newCount = jobs.filter((job) => job.state === "new").length;
  const isReading = readings.some((reading) => reading.listing === "reading");
  const soFar = isReading ? " so far" : "";
  const failedCount = readings.filter((reading) => reading.listing === "failed").length;
  const failed =
    failedCount === 0 ? "" : ` ${formatQuantity(failedCount, "provider")} could not be read to the end.`;
  return `${formatQuantity(jobs.length, "job")} listed by ${formatQuantity(readings.length, "provider")}${soFar}, ${formatNumber(newCount)} new.${failed}`;
}

type ImportButtonProps = {
  jobs: readonly AccountJob[];
  selectedCount: number;
  readings: readonly ProviderReading[];
  onImport: () => void;
};

function ImportButton({ jobs, selectedCount, readings, onImport }: ImportButtonProps) {
  const newCount = jobs.filter((job) => job.state === "new").length;
  const isImporting = readings.some((reading) => reading.importing === "running");
  const importedCount = readings.reduce((sum, reading) => sum + reading.importedCount, 0);
  const label = selectedCount > 0 ? "selected job" : "new job";
  const isKnown = readings.every((reading) => reading.listing === "done");
  return (
    <Button
      variant="primary"
      isPending={isImporting}
      isDisabled={!isImporting && newCount === 0}
      onClick={onImport}
    >
      {!isImporting && <Download aria-hidden />}
      {isImporting
        ? `Importing, ${formatNumber(importedCount)} so far`
        : newCount === 0
          ? isKnown
            ? "Nothing new to import"
            : "Import new jobs"
          : `Import ${formatQuantity(selectedCount || newCount, label)}`}
    </Button>
  );
}

function ImportOutcome({ readings }: { readings: readonly ProviderReading[] }) {
  const started = readings.filter((reading) => reading.importing !== "no");
  if (started.length === 0 || started.some((reading) => reading.importing === "running")) return null;
  const importedCount = started.reduce((sum, reading) => sum + reading.importedCount, 0);
  const failedCount = started.filter((reading) => reading.importing === "failed").length;
  return (
    <Notice
      kind={failedCount > 0 ? "warning" : "info"}
      title={`${formatQuantity(importedCount, "job")} imported`}
      actions={
        <>
          <LinkButton href="/jobs" size="small">
            See them in Jobs
          </LinkButton>
          <LinkButton href="/compare?origin=adopted" size="small">
            Compare them
          </LinkButton>
        </>
      }
    >
      {failedCount > 0
        ? `The import from ${formatQuantity(failedCount, "provider")} broke off; what had come by then stays. Import again to go on.`
        : "Results that the provider still has are being fetched."}
    </Notice>
  );
}

type ListedJobsProps = {
  jobs: readonly AccountJob[];
  readings: readonly ProviderReading[];
  page: number;
  onPage: (page: number) => void;
  selection: ReadonlySet<string>;
  onSelectionChange: (selection: ReadonlySet<string>) => void;
};

const pageSize = 50;

/** A list that could not be read says nothing about what is in it. */
function emptyTitle(failedCount: number, providerCount: number): string {
  if (failedCount === 0) return "No job in this time";
  return failedCount === providerCount ? "No list could be read" : "No job at the providers that answered";
}

function ListedJobs({ jobs, readings, page, onPage, selection, onSelectionChange }: ListedJobsProps) {
  const isReading = readings.some((reading) => reading.listing === "reading");
  const failedCount = readings.filter((reading) => reading.listing === "failed").length;
  const providerCount = readings.length;
  // A first page that is not full yet would grow, and its columns with it.
  const isFilling = jobs.length < pageSize && readings.some(holdsUpOthers);
  if (jobs.length === 0 || isFilling) {
    return (
      <Panel title="Jobs" hasPadding={false}>
        <EmptyState title={isReading ? "Asking the providers" : emptyTitle(failedCount, providerCount)}>
          {isReading
            ? "Jobs appear here as the lists arrive."
            : failedCount > 0
              ? "What went wrong stands above. Try again when it is mended."
              : "Look further back to find older jobs."}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title="Jobs" hasPadding={false}>
      <RecentJobsTable
        jobs={jobs.slice((page - 1) * pageSize, page * pageSize)}
        selection={selection}
        onSelectionChange={onSelectionChange}
      />
      <Pagination page={page} pageSize={pageSize} total={jobs.length} noun="job" onPage={onPage} />
    </Panel>
  );
}
