import { z, type ZodType } from "zod";

const failureSchema = z.object({ ok: z.literal(false), message: z.string() });

/** A read that did not work. `message` is written for the user. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  /** HTTP status; null when no answer arrived. */
  readonly httpStatus: number | null;

  constructor(message: string, httpStatus: number | null, options?: ErrorOptions) {
    super(message, options);
    this.httpStatus = httpStatus;
  }
}

/** Reads JSON from one of our own routes and checks its shape. Rejects with `ReadError`, or with the abort itself. */
export async function fetchJson<T>(url: string, schema: ZodType<T>, signal?: AbortSignal): Promise<T> {
  const response = await fetchFromServer(url, signal);
  const body = await readBody(response);
  if (!response.ok) {
    const failure = failureSchema.safeParse(body);
    throw new ReadError(
      failure.success
        ? failure.data.message
        : `The server answered with status ${response.status}. Try again.`,
      response.status,
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ReadError(
    "The server sends a shape that this page does not know. Reload the page: it may be older than the server.",
    response.status,
    { cause: parsed.error },
  );
}

async function fetchFromServer(url: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal, headers: { accept: "application/json" }, cache: "no-store" });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ReadError(
      "Batchmark does not answer. Check that it is running; the page tries again by itself.",
      null,
      {
        cause,
      },
    );
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
