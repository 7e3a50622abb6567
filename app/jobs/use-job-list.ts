"use client";

import { useQueries, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { useHydrated } from "#components/layout/use-hydrated.ts";
import type { JobCounts, JobListItem, JobRows } from "#lib/domain/job-page.ts";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { serializeJobSearchParams } from "./search-params.ts";
import type { JobUrlFilter } from "./use-job-filter.ts";
import { shareRows } from "./share-rows.ts";
import { countsKeyOf, useJobCounts, type InitialJobs } from "./use-job-counts.ts";

const loadJobRowsSchema = () => import("#lib/domain/job-page.ts").then((file) => file.jobRowsSchema);

const pageSize = pageSizes.jobRows;
/** Pages that are out of sight are forgotten after this time, so that a walk through 100,000 jobs stays small. */
const forgottenAfterMilliseconds = 30_000;

export type JobList = {
  counts: JobCounts | undefined;
  /** The job at a place of the list; undefined while it is on its way. */
  jobAt: (index: number) => JobListItem | undefined;
  /** Reads a stretch of the list, what is at hand from memory. */
  readJobs: (first: number, last: number) => Promise<JobListItem[]>;
  /** What is shown still belongs to the filter before. */
  isOld: boolean;
  error: Error | null;
  retry: () => void;
  /** Names the filter: when it changes, the list is another one. */
  query: string;
  /** Names the filter whose rows are shown. */
  shownQuery: string;
};

/** The list of jobs around the rows in sight, and its counts; both follow the filter and the live events. */
export function useJobList(
  filter: JobUrlFilter,
  inSight: { first: number; last: number },
  initial?: InitialJobs,
): JobList {
  const client = useQueryClient();
  const query = serializeJobSearchParams(filter);
  const initialQuery = initial ? serializeJobSearchParams(initial.filter) : null;
  const counts = useJobCounts(filter, initial);
  // Counts that came before the list's script must not differ from what the server has drawn.
  const isTakenOver = useHydrated();
  const pages = pagesOf(inSight.first, inSight.last);
  const results = useQueries({
    queries: pages.map((page) => ({
      ...rowsQuery(client, filter, page),
      initialData:
        page === 1 && query === initialQuery ? { jobs: initial?.page.jobs ?? [], counts: null } : undefined,
    })),
  });
  const isLoaded = results.every((result) => result.data !== undefined);
  // Until the first rows of a new filter are here, those of the old one stay, so that nothing jumps.
  const [settled, setSettled] = useState({ query, filter });
  if (isLoaded && settled.query !== query) setSettled({ query, filter });
  const shownFilter = isLoaded ? filter : settled.filter;
  const failed = results.find((result) => result.isError);
  return {
    query,
    shownQuery: isLoaded ? query : settled.query,
    counts: isTakenOver || query !== initialQuery ? counts.data : initial?.page,
    isOld: counts.isPlaceholderData || (!isLoaded && settled.query !== query),
    jobAt(index) {
      const page = Math.floor(index / pageSize) + 1;
      const rows =
        client.getQueryData<JobRows>(rowsQuery(client, filter, page).queryKey) ??
        client.getQueryData<JobRows>(rowsQuery(client, shownFilter, page).queryKey);
      return rows?.jobs[index % pageSize];
    },
    async readJobs(first, last) {
      const read: JobListItem[] = [];
      for (const page of pagesOf(first, last)) {
        const { jobs } = await client.ensureQueryData(rowsQuery(client, filter, page));
        const start = (page - 1) * pageSize;
        read.push(...jobs.slice(Math.max(0, first - start), last - start + 1));
      }
      return read;
    },
    error: failed?.error ?? counts.error,
    retry() {
      void counts.refetch();
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}

function rowsQuery(client: QueryClient, filter: JobUrlFilter, page: number) {
  const query = serializeJobSearchParams({ ...filter, page });
  return {
    queryKey: queryKeys.jobs(`rows${query}`),
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const rows = await fetchJson(`/api/jobs/rows${query}`, loadJobRowsSchema, signal);
      if (rows.counts) client.setQueryData(countsKeyOf(filter), rows.counts);
      return rows;
    },
    structuralSharing: shareRows,
    gcTime: forgottenAfterMilliseconds,
  };
}

/** The numbers, from 1, of the pages that hold the rows from `first` to `last`. */
function pagesOf(first: number, last: number): number[] {
  const firstPage = Math.floor(Math.max(0, first) / pageSize) + 1;
  const lastPage = Math.floor(Math.max(0, last) / pageSize) + 1;
  return Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
}
