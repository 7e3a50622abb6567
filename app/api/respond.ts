import * as z from "zod/mini";
import { toActionFailure } from "#lib/domain/action-result.ts";
import { AppError, type AppErrorCode } from "#lib/domain/errors.ts";

const statusOfCode: Record<AppErrorCode, number> = {
  not_found: 404,
  invalid_input: 400,
  conflict: 409,
  limit: 413,
  storage: 503,
  forbidden: 403,
  provider: 502,
  internal: 500,
};

const neverStored = { "cache-control": "no-store" };

/**
 * Answers a read with JSON. An expected error becomes a failed `ActionResult` with its HTTP status; a defect is
 * thrown on for the server to log.
 */
export async function respond(read: () => Promise<unknown>, status = 200): Promise<Response> {
  try {
    return Response.json(await read(), { status, headers: neverStored });
  } catch (error) {
    const failure = toActionFailure(error);
    return Response.json(failure, { status: statusOfCode[failure.code], headers: neverStored });
  }
}

/** Checks a query string's values. Throws `AppError("invalid_input")` that names the first wrong parameter. */
export function parseQuery<T>(schema: z.core.$ZodType<T>, values: unknown): T {
  const parsed = z.safeParse(schema, values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => ({
    field: issue.path.join("."),
    message: issue.message,
  }));
  const first = problems[0];
  throw new AppError(
    "invalid_input",
    first?.field
      ? `The address has a wrong value for ${first.field}. ${first.message}`
      : "The address has a wrong value.",
    { problems },
  );
}

/** More than any selection of jobs needs. */
const maximumBodyBytes = 2_000_000;

/** Checks a JSON body. Throws `AppError("invalid_input")`, or `limit` for one that is larger than any of ours. */
export async function parseBody<T>(schema: z.core.$ZodType<T>, request: Request): Promise<T> {
  guardBodySize(request);
  return parseJson(schema, await request.text());
}

/** Throws `AppError("limit")` before a body is read that is too large, or that does not say how large it is. */
export function guardBodySize(request: Request): void {
  const sizeBytes = Number(request.headers.get("content-length") ?? Number.NaN);
  if (sizeBytes <= maximumBodyBytes) return;
  throw new AppError("limit", "The request is too large. Choose fewer jobs, or all that match a filter.");
}

/** Checks JSON text that a page of ours has sent. Throws `AppError("invalid_input")`. */
export function parseJson<T>(schema: z.core.$ZodType<T>, text: string): T {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    throw new AppError("invalid_input", "The request is not JSON.");
  }
  const parsed = z.safeParse(schema, sent);
  if (!parsed.success) {
    throw new AppError("invalid_input", "The request is not of the expected form. Reload the page.");
  }
  return parsed.data;
}

/** The value, or `AppError("not_found")` with what to do. */
export function foundOr<T>(value: T | null, message: string): T {
  if (value === null) throw new AppError("not_found", message);
  return value;
}
