import { z } from "zod";
import { toJob } from "#lib/db/job-mapper.ts";
import { listPublicJobs, type PublicJobCursor } from "#lib/db/queries/list-public-jobs.ts";
import { AppError } from "#lib/domain/errors.ts";
import { publicJobQuerySchema, type PublicJobPage } from "#lib/domain/public-api.ts";
import { getContext } from "#lib/server-context.ts";
import { parseQuery, respond } from "../../respond.ts";

const cursorSchema = z.tuple([z.iso.datetime(), z.string().max(100)]);

/** One page of jobs, newest first. */
export function GET(request: Request): Promise<Response> {
  return respond(async (): Promise<PublicJobPage> => {
    const query = parseQuery(publicJobQuerySchema, Object.fromEntries(new URL(request.url).searchParams));
    const { db } = await getContext();
    const after = query.cursor === undefined ? null : readCursor(query.cursor);
    const { rows, next } = await listPublicJobs(db, query, { limit: query.limit, after });
    return { jobs: rows.map(toJob), next_cursor: next && writeCursor(next) };
  });
}

function writeCursor({ createdAt, id }: PublicJobCursor): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString("base64url");
}

function readCursor(text: string): PublicJobCursor {
  try {
    const [createdAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { createdAt: new Date(createdAt), id };
  } catch {
    throw new AppError("invalid_input", "This cursor is none that was given out. Begin without one.");
  }
}
