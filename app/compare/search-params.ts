import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { axisScaleKinds } from "#components/charts/axis-scale.ts";
import { chartQuestions } from "#components/charts/chart-question.ts";
import { chartIds, throughputMeasures } from "#components/charts/compare-display.ts";
import {
  comparisonFilterSchema,
  comparisonGroupings,
  waveMinutesLimits,
  type ComparisonFilter,
} from "#lib/domain/comparison-filter.ts";
import { jobSizes } from "#lib/domain/job-size.ts";
import { jobOrigins, jobTasks } from "#lib/domain/job-values.ts";
import { providerIds } from "#lib/domain/provider-id.ts";

/** Which jobs are compared, as it stands in the address. */
export const comparisonSearchParams = {
  jobSetId: parseAsString,
  providers: parseAsArrayOf(parseAsStringLiteral(providerIds)).withDefault([]),
  model: parseAsString,
  task: parseAsStringLiteral(jobTasks),
  size: parseAsStringLiteral(jobSizes),
  origin: parseAsStringLiteral(jobOrigins),
  launchedFrom: parseAsIsoDateTime,
  launchedBefore: parseAsIsoDateTime,
  groupBy: parseAsStringLiteral(comparisonGroupings).withDefault("provider"),
  isPaired: parseAsBoolean.withDefault(false),
  waveMinutes: parseAsInteger.withDefault(waveMinutesLimits.usual),
  kind: parseAsStringLiteral(["real", "simulated"] as const),
};

export const comparisonUrlKeys = {
  jobSetId: "set",
  providers: "provider",
  launchedFrom: "from",
  launchedBefore: "before",
  groupBy: "by",
  isPaired: "paired",
  waveMinutes: "wave",
} as const;

/** How they are shown; no reading depends on it. */
export const displaySearchParams = {
  question: parseAsStringLiteral(chartQuestions).withDefault("delivered"),
  // Most jobs take minutes and some take hours: on a linear axis the minutes are a wall at its left edge.
  time: parseAsStringLiteral(axisScaleKinds).withDefault("log"),
  bins: parseAsStringLiteral(axisScaleKinds).withDefault("log"),
  measure: parseAsStringLiteral(throughputMeasures).withDefault("requests"),
  shown: parseAsArrayOf(parseAsString),
  tables: parseAsArrayOf(parseAsStringLiteral(chartIds)).withDefault([]),
  focusFrom: parseAsFloat,
  focusTo: parseAsFloat,
};

export const displayUrlKeys = { focusFrom: "focus-from", focusTo: "focus-to" } as const;

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
