import { readJobSearchParams } from "#app/jobs/search-params.ts";
import { AppError } from "#lib/domain/errors.ts";
import { filterAt, jobAddressSchema } from "#lib/domain/job-page.ts";
import { jobsCsv } from "#lib/engine/jobs-csv.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../../respond.ts";
import { fileResponse, fileStamp } from "../../file-response.ts";

/** All jobs that a filter leaves, in its order, as a CSV file; the query string is that of the Jobs page. */
export async function GET(request: Request): Promise<Response> {
  try {
    const address = parseQuery(jobAddressSchema, readJobSearchParams(new URL(request.url).searchParams));
    const context = await getContext();
    const now = context.clock.now();
    return fileResponse(jobsCsv(context, filterAt(address, now)), {
      name: `jobs_${fileStamp(now)}.csv`,
      type: "csv",
    });
  } catch (error) {
    if (error instanceof AppError) return respond(() => Promise.reject(error));
    throw error;
  }
}
