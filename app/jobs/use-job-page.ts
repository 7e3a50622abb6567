"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { jobPageSchema, type JobPage } from "#lib/domain/job-page.ts";
import { serializeJobSearchParams } from "./search-params.ts";
import type { JobUrlFilter } from "./use-job-filter.ts";

/** One page of jobs that follows the filter and the live events; `initial` is what the server rendered, if anything. */
export function useJobPage(filter: JobUrlFilter, initial?: { filter: JobUrlFilter; page: JobPage }) {
  const query = serializeJobSearchParams(filter);
  const initialQuery = initial ? serializeJobSearchParams(initial.filter) : null;
  return useQuery({
    queryKey: queryKeys.jobs(query),
    queryFn: ({ signal }) => fetchJson(`/api/jobs${query}`, jobPageSchema, signal),
    initialData: query === initialQuery ? initial?.page : undefined,
    placeholderData: keepPreviousData,
  });
}
