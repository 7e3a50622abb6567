"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { queryKeys } from "#components/layout/query-keys.ts";
import type { Job } from "#lib/domain/job.ts";
import type { ResultFilter, ResultPage } from "#lib/domain/result-page.ts";
import { serializeResultSearchParams } from "./search-params.ts";

const loadResultPageSchema = () => import("#lib/domain/result-page.ts").then((file) => file.resultPageSchema);

export type InitialResults = {
  filter: ResultFilter;
  page: ResultPage;
  /** When the results that the page shows were collected; null while they were not. */
  collectedAt: Date | null;
};

/**
 * One page of a job's results that follows the filter and the live events; `initial` is what the server rendered.
 * The moment of collection is a part of the key, so that a job shown as collected never stands beside older results.
 */
export function useResultPage(job: Job, filter: ResultFilter, initial: InitialResults) {
  const query = serializeResultSearchParams(filter);
  const keyOf = (of: string, collectedAt: Date | null) => `${of} ${collectedAt?.getTime() ?? "open"}`;
  const key = keyOf(query, job.observed.collectedAt);
  const initialKey = keyOf(serializeResultSearchParams(initial.filter), initial.collectedAt);
  return useQuery({
    queryKey: queryKeys.results(job.id, key),
    queryFn: ({ signal }) => fetchJson(`/api/jobs/${job.id}/results${query}`, loadResultPageSchema, signal),
    initialData: key === initialKey ? initial.page : undefined,
    placeholderData: keepPreviousData,
  });
}
