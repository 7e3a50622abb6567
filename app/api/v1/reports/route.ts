import { reportFileName } from "#lib/domain/job-report.ts";
import { publicImportQuerySchema, publicJobFilterSchema } from "#lib/domain/public-api.ts";
import { exportReports } from "#lib/engine/export-reports.ts";
import { importReports } from "#lib/engine/import-reports.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../../respond.ts";
import { guardCall } from "../guard-call.ts";
import { bodyOf } from "../read-body.ts";
import { respondWithLines } from "../respond-with-lines.ts";

/** The jobs of a filter as a report file. */
export function GET(request: Request): Promise<Response> {
  return respondWithLines(async () => {
    const filter = parseQuery(publicJobFilterSchema, Object.fromEntries(new URL(request.url).searchParams));
    const context = await getContext();
    guardCall(request, context);
    const [only, ...others] = filter.provider ?? [];
    const name = only && others.length === 0 ? only : "batchmark";
    return { fileName: reportFileName(name, context.clock.now()), bytes: exportReports(context, filter) };
  });
}

/** Imports one report file. */
export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    const query = parseQuery(publicImportQuerySchema, Object.fromEntries(new URL(request.url).searchParams));
    const context = await getContext();
    guardCall(request, context);
    return importReports(context, bodyOf(request), {
      isSimulated: query.simulated === "true",
      fallbackProvider: query.provider ?? null,
    });
  });
}
