import * as z from "zod/mini";
import { AppError } from "#lib/domain/errors.ts";

/** That of the largest prompt file plus room for JSON. */
const maximumBodyBytes = 64 * 1024 * 1024;

/** The JSON body of a request, checked. Throws `AppError` that names the wrong fields, or that the body is too large. */
export async function readJsonBody<T>(request: Request, schema: z.core.$ZodType<T>): Promise<T> {
  const parsed = z.safeParse(schema, await readJson(request));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => ({
    field: issue.path.join("."),
    message: issue.message,
  }));
  throw new AppError("invalid_input", problems[0]?.message ?? "The body is not of the expected form.", {
    problems,
  });
}

/** The JSON body of a request, unchecked; for a verb that checks it itself. */
export async function readJson(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of bodyOf(request)) {
    sizeBytes += chunk.length;
    if (sizeBytes > maximumBodyBytes) throw new AppError("limit", "The body is larger than 64 MB.");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new AppError("invalid_input", "The body is not JSON.");
  }
}

/** The bytes of a request as they come. */
export async function* bodyOf(request: Request): AsyncIterable<Uint8Array> {
  if (request.body) yield* request.body;
}
