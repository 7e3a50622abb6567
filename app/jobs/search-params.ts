import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { jobOrigins, jobSteps } from "#lib/domain/job.ts";
import { jobSortColumns, launchedWithins } from "#lib/domain/job-page.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { userStatuses } from "#lib/domain/user-status.ts";

/** The filter of the Jobs page as it stands in the address; what is missing there has its default. */
export const jobSearchParams = {
  search: parseAsString.withDefault(""),
  providers: parseAsArrayOf(parseAsStringLiteral(providerIds)).withDefault([]),
  statuses: parseAsArrayOf(parseAsStringLiteral(userStatuses)).withDefault([]),
  steps: parseAsArrayOf(parseAsStringLiteral(jobSteps)).withDefault([]),
  origins: parseAsArrayOf(parseAsStringLiteral(jobOrigins)).withDefault([]),
  jobSetId: parseAsString,
  model: parseAsString,
  launchedWithin: parseAsStringLiteral(launchedWithins),
  launchedFrom: parseAsIsoDateTime,
  launchedTo: parseAsIsoDateTime,
  endedFrom: parseAsIsoDateTime,
  needsAttention: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(jobSortColumns).withDefault("launched"),
  direction: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export const jobUrlKeys = {
  search: "q",
  providers: "provider",
  statuses: "status",
  steps: "step",
  origins: "origin",
  jobSetId: "set",
  launchedWithin: "within",
  launchedFrom: "from",
  launchedTo: "to",
  endedFrom: "ended-from",
  needsAttention: "attention",
  direction: "order",
} as const;

export const loadJobSearchParams = createLoader(jobSearchParams, { urlKeys: jobUrlKeys });

/** The query string of a filter, with its `?`; empty when everything has its default. */
export const serializeJobSearchParams = createSerializer(jobSearchParams, { urlKeys: jobUrlKeys });
