"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "#components/layout/fetch-json.ts";
import { useLiveState } from "#components/layout/live-events-context.tsx";
import { queryKeys } from "#components/layout/query-keys.ts";
import type { ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import type { Comparison } from "#lib/domain/comparison.ts";
import { serializeComparisonSearchParams } from "./search-params.ts";

const loadComparisonSchema = () => import("#lib/domain/comparison.ts").then((file) => file.comparisonSchema);
const loadHeatMapsSchema = () => import("#lib/domain/comparison.ts").then((file) => file.heatMapsSchema);

/** Unfinished jobs grow older without any event; this often their ages are read again. */
const agingIntervalMilliseconds = 15_000;

/** The comparison that follows the filter and the live events; `initial` is what the server rendered. */
export function useComparison(
  filter: ComparisonFilter,
  initial: { filter: ComparisonFilter; comparison: Comparison },
) {
  const { isPaused } = useLiveState();
  const query = serializeComparisonSearchParams(filter);
  return useQuery({
    queryKey: queryKeys.compare(query),
    queryFn: ({ signal }) => fetchJson(`/api/compare${query}`, loadComparisonSchema, signal),
    initialData: query === serializeComparisonSearchParams(initial.filter) ? initial.comparison : undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const isAging = state.data?.groups.some((group) => group.unfinishedCount > 0) ?? false;
      return isAging && !isPaused ? agingIntervalMilliseconds : false;
    },
  });
}

/** The jobs of the comparison by hour and weekday of launch: read beside it, as the page can be read without. */
export function useHeatMaps(filter: ComparisonFilter) {
  const query = serializeComparisonSearchParams(filter);
  return useQuery({
    queryKey: queryKeys.compare(`heat-maps${query}`),
    queryFn: ({ signal }) => fetchJson(`/api/compare/heat-maps${query}`, loadHeatMapsSchema, signal),
    placeholderData: keepPreviousData,
  });
}
