import { readErrorKinds } from "#lib/engine/read-error-kinds.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../../../respond.ts";

/** The bad outcomes of a job's requests by kind, as a list of `ErrorKind`; empty for an unknown job. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ jobId: string }> },
): Promise<Response> {
  const { jobId } = await params;
  return respond(async () => readErrorKinds(await getContext(), jobId));
}
