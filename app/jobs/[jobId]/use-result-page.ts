"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import { resultPageSchema, type ResultFilter, type ResultPage } from "#lib/domain/result-page.ts";
import { serializeResultSearchParams } from "./search-params.ts";

export type InitialResults = { filter: ResultFilter; page: ResultPage };

/** One page of a job's results that follows the filter and the live events; `initial` is what the server rendered. */
export function useResultPage(jobId: string, filter: ResultFilter, initial: InitialResults) {
  const query = serializeResultSearchParams(filter);
  return useQuery({
    queryKey: queryKeys.results(jobId, query),
    queryFn: ({ signal }) => fetchJson(`/api/jobs/${jobId}/results${query}`, resultPageSchema, signal),
    initialData: query === serializeResultSearchParams(initial.filter) ? initial.page : undefined,
    placeholderData: keepPreviousData,
  });
}
