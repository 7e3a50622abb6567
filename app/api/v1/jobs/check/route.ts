import { findPublicJobIds } from "#lib/db/queries/list-public-jobs.ts";
import { publicJobIdsSchema } from "#lib/domain/public-api.ts";
import { check } from "#lib/engine/check.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../../../respond.ts";
import { readJsonBody } from "../../read-body.ts";

/** Makes the next look at jobs due now. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const { job_ids: named } = await readJsonBody(request, publicJobIdsSchema);
    const context = await getContext();
    return check(context, await findPublicJobIds(context.db, named));
  }, 202);
}
