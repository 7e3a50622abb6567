import { bulkInputSchema } from "#lib/domain/job-selection.ts";
import { actOnJobs } from "#lib/engine/act-on-jobs.ts";
import { getContext } from "#lib/server-context.ts";
import { parseBody } from "../../respond.ts";
import { respondWithStream } from "../../stream-lines.ts";

/**
 * Does a verb to every selected job. Answers with JSON lines of `BulkProgress` while it works; it stops when the
 * caller goes away, between two pages of jobs.
 */
export function POST(request: Request): Promise<Response> {
  return respondWithStream(async () => {
    const input = await parseBody(bulkInputSchema, request);
    return actOnJobs(await getContext(), input, request.signal);
  });
}
