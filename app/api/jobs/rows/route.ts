import { readJobSearchParams } from "#app/jobs/search-params.ts";
import { listJobRows, listJobs } from "#lib/db/queries/list-jobs.ts";
import { filterAt, jobAddressSchema, type JobRows } from "#lib/domain/job-page.ts";
import { pageSizes } from "#lib/domain/job-list-values.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../../respond.ts";

/** A stretch of `pageSizes.jobRows` jobs, as `JobRows`; the query string is that of the Jobs page with `page`. */
export function GET(request: Request): Promise<Response> {
  return respond(async (): Promise<JobRows> => {
    const address = parseQuery(jobAddressSchema, readJobSearchParams(new URL(request.url).searchParams));
    const { db, clock } = await getContext();
    const filter = { ...filterAt(address, clock.now()), pageSize: pageSizes.jobRows };
    if (filter.search === "") return { jobs: await listJobRows(db, filter), counts: null };
    const { jobs, ...counts } = await listJobs(db, filter);
    return { jobs, counts };
  });
}
