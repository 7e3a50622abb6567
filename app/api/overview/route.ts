import { getOverview } from "#lib/db/queries/get-overview.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../respond.ts";

/** What the first page shows. */
export function GET(): Promise<Response> {
  return respond(async () => {
    const { db, clock } = await getContext();
    return getOverview(db, clock.now());
  });
}
