import { launch } from "#lib/engine/launch.ts";
import { getContext } from "#lib/server-context.ts";
import { respond } from "../../respond.ts";
import { readJson } from "../read-body.ts";

/** Launches a job set. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => launch(await getContext(), await readJson(request)), 201);
}
