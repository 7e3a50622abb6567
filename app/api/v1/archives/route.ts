import { openArchive } from "#lib/engine/open-archive.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../../respond.ts";
import { guardCall } from "../guard-call.ts";
import { bodyOf } from "../read-body.ts";

/** Opens the archive of a job set. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const context = await getContext();
    guardCall(request, context);
    return openArchive(context, bodyOf(request));
  }, 201);
}
