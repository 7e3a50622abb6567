import { readJobSet } from "#lib/engine/read-job-set.ts";
import { getContext } from "#lib/server-context.ts";
import { foundOr, respond } from "../../respond.ts";

/** One job set with the state and the turnaround of its lanes, as `JobSetDetail`. */
export function GET(
  _request: Request,
  { params }: { params: Promise<{ jobSetId: string }> },
): Promise<Response> {
  return respond(async () => {
    const { jobSetId } = await params;
    return foundOr(
      await readJobSet(await getContext(), jobSetId),
      "There is no job set with this id. Look it up under Job sets.",
    );
  });
}
