"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import type { JobPage } from "#lib/domain/job-page.ts";
import { serializeJobSearchParams } from "./search-params.ts";
import type { JobUrlFilter } from "./use-job-filter.ts";

const loadJobCountsSchema = () => import("#lib/domain/job-page.ts").then((file) => file.jobCountsSchema);

/** What the server rendered: the first `pageSizes.jobRows` jobs of a filter, with its counts. */
export type InitialJobs = { filter: JobUrlFilter; page: JobPage };

/** How many jobs a filter leaves, live. Those of a search come with its rows. */
export function useJobCounts(filter: JobUrlFilter, initial: InitialJobs | undefined) {
  const query = countsQueryOf(filter);
  return useQuery({
    queryKey: countsKeyOf(filter),
    queryFn: ({ signal }) => fetchJson(`/api/jobs/counts${query}`, loadJobCountsSchema, signal),
    enabled: filter.search === "",
    initialData: initial && query === countsQueryOf(initial.filter) ? initial.page : undefined,
    placeholderData: keepPreviousData,
  });
}

/** The order changes no count. */
function countsQueryOf(filter: JobUrlFilter): string {
  return serializeJobSearchParams({ ...filter, sort: undefined, direction: undefined });
}

export function countsKeyOf(filter: JobUrlFilter) {
  return queryKeys.jobs(`counts${countsQueryOf(filter)}`);
}
