import { visitOfRequest } from "#app/visit-of-request.ts";
import { readOverview } from "#lib/engine/read-overview.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../respond.ts";

/** What the first page shows at once, as `Overview`. */
export function GET(): Promise<Response> {
  return respond(async () => {
    const context = await getContext();
    return readOverview(context, await visitOfRequest(context.clock.now()));
  });
}
