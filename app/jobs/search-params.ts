import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { jobSortColumns } from "#lib/domain/job-page.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";

/** The filter of the Jobs page as it stands in the address; what is missing there has its default. */
export const jobSearchParams = {
  search: parseAsString.withDefault(""),
  providers: parseAsArrayOf(parseAsStringLiteral(providerIds)).withDefault([]),
  statuses: parseAsArrayOf(parseAsStringLiteral(userStatuses)).withDefault([]),
  jobSetId: parseAsString,
  model: parseAsString,
  sort: parseAsStringLiteral(jobSortColumns).withDefault("launched"),
  direction: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export const jobUrlKeys = {
  search: "q",
  providers: "provider",
  statuses: "status",
  jobSetId: "set",
  direction: "order",
} as const;

export const loadJobSearchParams = createLoader(jobSearchParams, { urlKeys: jobUrlKeys });

/** The query string of a filter, with its `?`; empty when everything has its default. */
export const serializeJobSearchParams = createSerializer(jobSearchParams, { urlKeys: jobUrlKeys });
