import { loadComparisonSearchParams } from "#app/compare/search-params.ts";
import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import { compareTurnaround } from "#lib/engine/analyse.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../respond.ts";

/** Turnaround of the chosen jobs per provider, as `Comparison`. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const filter = parseQuery(comparisonFilterSchema, loadComparisonSearchParams(request));
    return compareTurnaround(await getContext(), filter);
  });
}
