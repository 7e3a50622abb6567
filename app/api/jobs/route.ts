import { readJobSearchParams } from "#app/jobs/search-params.ts";
import { listJobs } from "#lib/db/queries/list-jobs.ts";
import { filterAt, jobAddressSchema } from "#lib/domain/job-page.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../respond.ts";

/** One page of jobs with its counts, as `JobPage`; the query string is that of the Jobs page. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const address = parseQuery(jobAddressSchema, readJobSearchParams(new URL(request.url).searchParams));
    const { db, clock } = await getContext();
    return listJobs(db, filterAt(address, clock.now()));
  });
}
