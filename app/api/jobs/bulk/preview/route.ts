import { previewSelected } from "#lib/db/queries/selected-jobs.ts";
import { bulkPreviewInputSchema } from "#lib/domain/job-selection.ts";
import { getContext } from "#lib/server-context.ts";
import { parseBody, respond } from "../../../respond.ts";

/** What a verb would do to a selection, as `BulkPreview`. Changes nothing; a POST because selections are long. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const input = await parseBody(bulkPreviewInputSchema, request);
    const { db, clock } = await getContext();
    return previewSelected(db, { ...input, now: clock.now() });
  });
}
