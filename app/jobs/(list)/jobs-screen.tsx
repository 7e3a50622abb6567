"use client";

import { FileSpreadsheet, FileText, Rocket, Upload } from "lucide-react";
import { ColumnChooser } from "#components/jobs/column-chooser.tsx";
import { noFilter } from "#components/jobs/bar-filter.ts";
import { JobFilterBar } from "#components/jobs/job-filter-bar.tsx";
import { jobsSentence } from "#components/jobs/jobs-sentence.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { lazyPart } from "#components/ui/lazy-part.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PanelBoundary } from "#components/ui/panel-boundary.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { serializeJobSearchParams } from "../search-params.ts";
import { useJobFilter, type JobUrlFilter } from "../use-job-filter.ts";
import { useJobCounts, type InitialJobs } from "../use-job-counts.ts";

/** Drawn by the server, and taken over by the browser as soon as its part is there. */
const JobListPanel = lazyPart(() => import("../job-list-panel.tsx").then((file) => file.JobListPanel));

/** The Jobs page: filters in the address, a long live list, and actions on the chosen rows. */
export function JobsScreen({ initial }: { initial: InitialJobs }) {
  const [filter, changeFilter] = useJobFilter();
  const counts = useJobCounts(filter, initial);
  const jobSetName =
    initial.page.jobs.find((job) => job.jobSetId !== null && job.jobSetId === filter.jobSetId)?.jobSetName ??
    null;

  if (counts.data?.hasJobs === false) return <NoJobs />;
  return (
    <>
      <PageHeader
        title="Jobs"
        state={
          counts.data
            ? jobsSentence(counts.data.statusCounts)
            : counts.isError
              ? "The jobs could not be counted"
              : "Reading jobs"
        }
        actions={
          <>
            <ImportLink />
            <LaunchLink />
          </>
        }
      />
      <JobFilterBar
        filter={filter}
        onChange={changeFilter}
        counts={counts.data}
        jobSetName={jobSetName}
        tools={
          <>
            <LinkButton
              href={`/api/jobs/csv${serializeJobSearchParams(filter)}`}
              size="small"
              download
              title="All jobs that match, in this order"
            >
              <FileSpreadsheet aria-hidden />
              CSV
            </LinkButton>
            <Button
              size="small"
              title="All jobs that match, as a report file"
              onClick={() => void downloadReports(filter)}
            >
              <FileText aria-hidden />
              Reports
            </Button>
            <ColumnChooser />
          </>
        }
      />
      <PanelBoundary name="the list of jobs">
        <JobListPanel
          filter={filter}
          initial={initial}
          onSort={changeFilter}
          onShowAll={() => changeFilter(noFilter)}
        />
      </PanelBoundary>
    </>
  );
}

function LaunchLink() {
  return (
    <LinkButton href="/launch" variant="primary">
      <Rocket aria-hidden />
      Launch a job set
    </LinkButton>
  );
}

function ImportLink() {
  return (
    <LinkButton href="/jobs/import">
      <Upload aria-hidden />
      Import files
    </LinkButton>
  );
}

function NoJobs() {
  return (
    <>
      <PageHeader title="Jobs" state="No job yet" />
      <Panel>
        <EmptyState
          icon={<Rocket aria-hidden />}
          title="Nothing was launched yet"
          action={
            <>
              <LaunchLink />
              <LinkButton href="/providers/recent-jobs">Import recent jobs of the account</LinkButton>
              <ImportLink />
            </>
          }
        >
          Launch a job set: its jobs appear here at once, and their progress follows live until each one ends.
          Or import the jobs that your accounts already have.
        </EmptyState>
      </Panel>
    </>
  );
}

async function downloadReports(filter: JobUrlFilter): Promise<void> {
  const { downloadFile } = await import("#components/jobs/download-file.ts");
  const matching = { ...filter, page: 1, pageSize: pageSizes.jobRows };
  downloadFile({ kind: "matching", filter: matching, exceptIds: [] }, "reports");
}
