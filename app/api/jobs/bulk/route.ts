import { AppError } from "#lib/domain/errors.ts";
import { bulkInputSchema } from "#lib/domain/job-selection.ts";
import { actOnJobs } from "#lib/engine/act-on-jobs.ts";
import { getContext } from "#lib/server-context.ts";
import { parseBody, respond } from "../../respond.ts";
import { streamLines } from "../../stream-lines.ts";

/**
 * Does a verb to every selected job. Answers with JSON lines of `BulkProgress` while it works; it stops when the
 * caller goes away, between two pages of jobs.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const input = await parseBody(bulkInputSchema, request);
    return streamLines(actOnJobs(await getContext(), input, request.signal));
  } catch (error) {
    if (error instanceof AppError) return respond(() => Promise.reject(error));
    throw error;
  }
}
