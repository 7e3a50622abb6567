import type { z } from "zod";
import {
  adoptInputSchema,
  recentJobsQuerySchema,
  type AdoptLine,
  type RecentJobsLine,
} from "#lib/domain/account-job.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { adopt } from "#lib/engine/adopt.ts";
import { listRecentJobs } from "#lib/engine/list-recent-jobs.ts";
import { getContext } from "#lib/server-context.ts";
import { providerOf } from "../../provider-of.ts";
import { parseQuery } from "../../respond.ts";
import { respondWithStream } from "../../stream-lines.ts";

type RouteProps = { params: Promise<{ provider: string }> };

/** Streams the account's jobs of the last `?hours=` as `RecentJobsLine`s, newest first. Changes nothing. */
export function GET(request: Request, { params }: RouteProps): Promise<Response> {
  return respondWithStream(async () => {
    const provider = providerOf(await params);
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const { hours } = parseQuery(recentJobsQuerySchema, query);
    return listLines(provider, hours, request.signal);
  });
}

/** Imports jobs of the account, all that are new or those named, and streams `AdoptLine`s while it does. */
export function POST(request: Request, { params }: RouteProps): Promise<Response> {
  return respondWithStream(async () => {
    const provider = providerOf(await params);
    const input = parseQuery(adoptInputSchema, await readJson(request));
    return adoptLines(provider, input, request.signal);
  });
}

async function readJson(request: Request): Promise<unknown> {
  // Other pages can send forms without asking first, but no JSON.
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new AppError("invalid_input", "Send the input as application/json.");
  }
  try {
    return await request.json();
  } catch (cause) {
    throw new AppError("invalid_input", "The body is not JSON.", { cause });
  }
}

async function* listLines(
  provider: ProviderId,
  hours: number,
  signal: AbortSignal,
): AsyncIterable<RecentJobsLine> {
  let isCut = false;
  for await (const chunk of listRecentJobs(await getContext(), { provider, hours }, signal)) {
    isCut = chunk.isCut;
    yield { type: "jobs", jobs: chunk.jobs };
  }
  yield { type: "end", isCut };
}

async function* adoptLines(
  provider: ProviderId,
  input: z.infer<typeof adoptInputSchema>,
  signal: AbortSignal,
): AsyncIterable<AdoptLine> {
  for await (const progress of adopt(await getContext(), { provider, ...input }, signal)) {
    yield { type: "progress", ...progress };
  }
  yield { type: "end" };
}
