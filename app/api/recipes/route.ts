import { listRecipes } from "#lib/db/queries/list-recipes.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../respond.ts";

/** The saved recipes by name. */
export function GET(): Promise<Response> {
  return respond(async () => listRecipes((await getContext()).db));
}
