import { loadJobSearchParams } from "#app/jobs/search-params.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { jobFilterSchema } from "#lib/domain/job-page.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../respond.ts";

/** One page of jobs; the query string is that of the Jobs page. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const filter = parseQuery(jobFilterSchema, loadJobSearchParams(request));
    const { db } = await getContext();
    return listJobs(db, filter);
  });
}
