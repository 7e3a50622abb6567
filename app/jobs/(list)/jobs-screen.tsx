"use client";

import { Rocket, SearchX, Upload } from "lucide-react";
import { useState } from "react";
import type { RowSelectionState } from "@tanstack/react-table";
import { JobFilterBar } from "#components/jobs/job-filter-bar.tsx";
import { JobTable } from "#components/jobs/job-table.tsx";
import { JobSelectionBar } from "#components/jobs/job-selection-bar.tsx";
import { jobsSentence } from "#components/jobs/jobs-sentence.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { pageSizes, type JobPage } from "#lib/domain/job-page.ts";
import { useJobFilter, type JobUrlFilter } from "../use-job-filter.ts";
import { useJobPage } from "../use-job-page.ts";

type JobsScreenProps = { initialPage: JobPage; initialFilter: JobUrlFilter };

const noFilter = { search: "", providers: [], statuses: [], jobSetId: null, model: null };

/** The Jobs page: filters in the address, a live table, and actions on the selected rows. */
export function JobsScreen({ initialPage, initialFilter }: JobsScreenProps) {
  const [filter, changeFilter] = useJobFilter();
  const query = useJobPage(filter, { filter: initialFilter, page: initialPage });
  const [selection, setSelection] = useState<RowSelectionState>({});
  const page = query.data;

  if (page?.totalUnfiltered === 0) return <NoJobs />;
  const selectedJobs = page?.jobs.filter((job) => selection[job.id]) ?? [];
  return (
    <>
      <PageHeader
        title="Jobs"
        state={page ? jobsSentence(page.statusCounts) : query.isError ? undefined : "Reading jobs"}
        actions={
          <>
            <ImportLink />
            <LaunchLink />
          </>
        }
      />
      <JobFilterBar filter={filter} onChange={changeFilter} page={page} />
      {query.isError && <ReadFailure error={query.error} onRetry={() => void query.refetch()} />}
      {page && (
        <Panel hasPadding={false} className={query.isPlaceholderData ? "opacity-60" : undefined}>
          {page.jobs.length === 0 ? (
            <NoMatch
              isPastEnd={page.total > 0}
              onShowAll={() => changeFilter(noFilter)}
              onFirst={() => changeFilter({})}
            />
          ) : (
            <JobTable
              jobs={page.jobs}
              sort={filter}
              onSort={changeFilter}
              selection={selection}
              onSelectionChange={setSelection}
            />
          )}
          <Pagination
            page={filter.page}
            pageSize={pageSizes.jobs}
            total={page.total}
            noun="job"
            onPage={(next) => changeFilter({ page: next })}
          />
        </Panel>
      )}
      <JobSelectionBar jobs={selectedJobs} onClear={() => setSelection({})} />
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
      Import report files
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

type NoMatchProps = { isPastEnd: boolean; onShowAll: () => void; onFirst: () => void };

function NoMatch({ isPastEnd, onShowAll, onFirst }: NoMatchProps) {
  if (isPastEnd) {
    return (
      <EmptyState
        title="This page is past the last job"
        action={<Button onClick={onFirst}>First page</Button>}
      >
        There are fewer jobs than this page number needs.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="No job matches"
      action={<Button onClick={onShowAll}>Remove all filters</Button>}
    >
      Search looks at job ids, names of job sets and models. Loosen a filter to see more.
    </EmptyState>
  );
}
