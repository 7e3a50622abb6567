import { streamSetPrompts } from "#lib/db/queries/stream-prompts.ts";
import { getContext } from "#lib/server-context.ts";
import { promptLines } from "../../../stream-lines.ts";

/** A job set's own prompts as JSON Lines of strings; none for the built-in set and for an unknown job set. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ jobSetId: string }> },
): Promise<Response> {
  const { jobSetId } = await params;
  return promptLines(streamSetPrompts((await getContext()).db, jobSetId));
}
