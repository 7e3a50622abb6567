import { streamRecipePrompts } from "#lib/db/queries/stream-prompts.ts";
import { getContext } from "#lib/server-context.ts";
import { promptLines } from "../../../stream-lines.ts";

/** A recipe's own prompts as JSON Lines of strings; none for an unknown recipe. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ recipeId: string }> },
): Promise<Response> {
  const { recipeId } = await params;
  return promptLines(streamRecipePrompts((await getContext()).db, recipeId));
}
