import { loadResultSearchParams } from "#app/jobs/[jobId]/search-params.ts";
import { readResults } from "#lib/engine/read-results.ts";
import { resultFilterSchema } from "#lib/domain/result-page.ts";
import { getContext } from "#lib/server-context.ts";
import { foundOr, parseQuery, respond } from "../../../respond.ts";

/** One page of a job's results, as `ResultPage`. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ jobId: string }> },
): Promise<Response> {
  const { jobId } = await params;
  return respond(async () => {
    const filter = parseQuery(resultFilterSchema, loadResultSearchParams(request));
    const { db } = await getContext();
    return foundOr(await readResults(db, jobId, filter), "There is no such job.");
  });
}
