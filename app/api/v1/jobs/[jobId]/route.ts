import { getContext } from "#lib/server-context.ts";
import { respond } from "../../../respond.ts";
import { findJob } from "../../find-job.ts";

/** One job. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ jobId: string }> },
): Promise<Response> {
  const { jobId } = await params;
  return respond(async () => findJob(await getContext(), jobId));
}
