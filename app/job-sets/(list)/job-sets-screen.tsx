"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Layers, Rocket } from "lucide-react";
import { useQueryState } from "nuqs";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { ReadFailure } from "#components/layout/read-failure.tsx";
import { formatQuantity } from "#components/format.ts";
import { JobSetTable } from "#components/sets/job-set-table.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import type { JobSetPage } from "#lib/domain/job-set-summary.ts";
import { jobSetSearchParams, serializeJobSetSearchParams } from "../search-params.ts";

const loadJobSetPageSchema = () =>
  import("#lib/domain/job-set-summary.ts").then((file) => file.jobSetPageSchema);

type JobSetsScreenProps = { initialPage: JobSetPage; initialNumber: number };

/** The Job sets page: all sets, newest first, with live progress. */
export function JobSetsScreen({ initialPage, initialNumber }: JobSetsScreenProps) {
  const [pageInUrl, setPage] = useQueryState(
    "page",
    jobSetSearchParams.page.withOptions({ history: "push" }),
  );
  const number = Math.max(1, pageInUrl);
  const query = useQuery({
    queryKey: queryKeys.jobSets(number),
    queryFn: ({ signal }) =>
      fetchJson(
        `/api/job-sets${serializeJobSetSearchParams({ page: number })}`,
        loadJobSetPageSchema,
        signal,
      ),
    initialData: number === initialNumber ? initialPage : undefined,
    placeholderData: keepPreviousData,
  });
  const page = query.data;
  return (
    <>
      <PageHeader title="Job sets" state={page && stateOf(page)} actions={<LaunchLink />} />
      {query.isError && <ReadFailure error={query.error} onRetry={() => void query.refetch()} />}
      {page && (
        <Panel hasPadding={false} className={query.isPlaceholderData ? "opacity-60" : undefined}>
          {page.jobSets.length > 0 && <JobSetTable jobSets={page.jobSets} />}
          {page.total === 0 && <NoJobSets />}
          {page.total > 0 && page.jobSets.length === 0 && (
            <EmptyState
              title="This page is past the last job set"
              action={<Button onClick={() => void setPage(null)}>First page</Button>}
            />
          )}
          <Pagination
            page={number}
            pageSize={pageSizes.jobSets}
            total={page.total}
            noun="job set"
            onPage={(next) => void setPage(next)}
          />
        </Panel>
      )}
    </>
  );
}

function stateOf(page: JobSetPage): string {
  if (page.total === 0) return "No job set yet";
  const running = page.jobSets.filter((jobSet) => jobSet.statusCounts.IN_PROGRESS > 0).length;
  const shown = formatQuantity(page.total, "job set");
  return running === 0
    ? `${shown}, none of those shown is running`
    : `${shown}, ${running} of those shown running`;
}

function LaunchLink() {
  return (
    <LinkButton href="/launch" variant="primary">
      <Rocket aria-hidden />
      Launch a job set
    </LinkButton>
  );
}

function NoJobSets() {
  return (
    <EmptyState icon={<Layers aria-hidden />} title="Nothing was launched yet" action={<LaunchLink />}>
      A job set is what you launch at once: some jobs on each provider, so that their turnaround can be
      compared.
    </EmptyState>
  );
}
