import { getJobSet } from "#lib/db/queries/get-job-set.ts";
import { getContext } from "#lib/server-context.ts";
import { foundOr, respond } from "../../respond.ts";

/** One job set with the state of its lanes. */
export function GET(
  _request: Request,
  { params }: { params: Promise<{ jobSetId: string }> },
): Promise<Response> {
  return respond(async () => {
    const { jobSetId } = await params;
    const { db } = await getContext();
    return foundOr(
      await getJobSet(db, jobSetId),
      "There is no job set with this id. Look it up under Job sets.",
    );
  });
}
