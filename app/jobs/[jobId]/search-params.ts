import { createLoader, createSerializer, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import { resultFilterSchema, resultOutcomeFilters, type ResultFilter } from "#lib/domain/result-page.ts";

/** The results table's part of a job's address. */
export const resultSearchParams = {
  outcome: parseAsStringLiteral(resultOutcomeFilters),
  page: parseAsInteger.withDefault(1),
};

export const loadResultSearchParams = createLoader(resultSearchParams);

/** The query string of a filter, with its `?`; empty when everything has its default. */
export const serializeResultSearchParams = createSerializer(resultSearchParams);

/** The filter an address asks for; values out of range fall back, so that the page always shows something. */
export function resultFilterOf(values: unknown): ResultFilter {
  return resultFilterSchema.safeParse(values).data ?? resultFilterSchema.parse({});
}
