import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { timeScaleKinds } from "#components/charts/time-scale.ts";
import { comparisonFilterSchema, type ComparisonFilter } from "#lib/domain/comparison-filter.ts";
import { jobOrigins } from "#lib/domain/job.ts";

/** Which jobs are compared, as it stands in the address. */
export const comparisonSearchParams = {
  jobSetId: parseAsString,
  model: parseAsString,
  origin: parseAsStringLiteral(jobOrigins),
};

/** How they are shown; no reading depends on it. */
export const displaySearchParams = {
  time: parseAsStringLiteral(timeScaleKinds).withDefault("linear"),
  view: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
};

export const comparisonUrlKeys = { jobSetId: "set" } as const;

export const loadComparisonSearchParams = createLoader(comparisonSearchParams, {
  urlKeys: comparisonUrlKeys,
});

/** The query string of a filter, with its `?`; empty when everything has its default. */
export const serializeComparisonSearchParams = createSerializer(comparisonSearchParams, {
  urlKeys: comparisonUrlKeys,
});

/** The filter an address asks for; a value that cannot be one is left out. */
export function comparisonFilterOf(values: unknown): ComparisonFilter {
  return comparisonFilterSchema.safeParse(values).data ?? comparisonFilterSchema.parse({});
}
