import { loadComparisonSearchParams } from "#app/compare/search-params.ts";
import { comparisonFilterSchema } from "#lib/domain/comparison-filter.ts";
import { readHeatMaps } from "#lib/engine/read-heat-maps.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../../respond.ts";

/** The chosen jobs by hour and weekday of launch, as `HeatMaps`. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const filter = parseQuery(comparisonFilterSchema, loadComparisonSearchParams(request));
    return readHeatMaps(await getContext(), filter);
  });
}
