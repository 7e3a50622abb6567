import { readJob } from "#lib/engine/read-job.ts";
import { getContext } from "#lib/server-context.ts";
import { foundOr, respond } from "../../respond.ts";

/** One job with its provider's object, as `JobDetail`. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ jobId: string }> },
): Promise<Response> {
  const { jobId } = await params;
  return respond(async () => {
    return foundOr(await readJob(await getContext(), jobId), "There is no such job.");
  });
}
