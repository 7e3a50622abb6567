import { findPublicJobIds } from "#lib/db/queries/list-public-jobs.ts";
import { AppError } from "#lib/domain/errors.ts";
import { publicJobIdsSchema } from "#lib/domain/public-api.ts";
import { requestCancel } from "#lib/engine/cancel.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../../../respond.ts";
import { readJsonBody } from "../../read-body.ts";

/** Asks for the cancellation of jobs. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const { job_ids: named } = await readJsonBody(request, publicJobIdsSchema);
    const context = await getContext();
    const jobIds = await findPublicJobIds(context.db, named);
    if (jobIds.length === 0) throw new AppError("not_found", "None of these jobs is here.");
    return requestCancel(context, jobIds, "user");
  }, 202);
}
