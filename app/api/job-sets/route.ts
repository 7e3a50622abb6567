import { loadJobSetSearchParams } from "#app/job-sets/search-params.ts";
import { listJobSets } from "#lib/db/queries/list-job-sets.ts";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../respond.ts";

/** One page of job sets, newest first. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { page } = loadJobSetSearchParams(request);
    const { db } = await getContext();
    return listJobSets(db, { page: Math.max(1, page), pageSize: pageSizes.jobSets });
  });
}
