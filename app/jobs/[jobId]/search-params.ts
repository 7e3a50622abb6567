import {
  createLoader,
  createSerializer,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { resultFilterSchema, resultOutcomeFilters, type ResultFilter } from "#lib/domain/result-page.ts";

/** The results table's part of a job's address. */
export const resultSearchParams = {
  search: parseAsString.withDefault(""),
  outcome: parseAsStringLiteral(resultOutcomeFilters),
  page: parseAsInteger.withDefault(1),
};

export const resultUrlKeys = { search: "q" } as const;

export const loadResultSearchParams = createLoader(resultSearchParams, { urlKeys: resultUrlKeys });

/** The query string of a filter, with its `?`; empty when everything has its default. */
export const serializeResultSearchParams = createSerializer(resultSearchParams, {
  urlKeys: resultUrlKeys,
});

/** The filter an address asks for; values out of range fall back, so that the page always shows something. */
export function resultFilterOf(values: unknown): ResultFilter {
  return resultFilterSchema.safeParse(values).data ?? resultFilterSchema.parse({});
}
