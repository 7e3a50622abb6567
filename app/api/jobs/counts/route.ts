import { readJobSearchParams } from "#app/jobs/search-params.ts";
import { countJobs } from "#lib/db/queries/count-jobs.ts";
import { filterAt, jobAddressSchema } from "#lib/domain/job-page.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../../respond.ts";

/** How many jobs a filter leaves, as `JobCounts`; the query string is that of the Jobs page. */
export function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const address = parseQuery(jobAddressSchema, readJobSearchParams(new URL(request.url).searchParams));
    const { db, clock } = await getContext();
    return countJobs(db, filterAt(address, clock.now()));
  });
}
