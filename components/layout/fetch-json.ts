/** What checks an answer: a schema of zod, or a function that loads one together with the answer. */
export type Checker<T> = {
  safeParse: (value: unknown) => { success: true; data: T } | { success: false; error: unknown };
};
export type CheckerOrLoader<T> = Checker<T> | (() => Promise<Checker<T>>);

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
export async function fetchJson<T>(
  url: string,
  schema: CheckerOrLoader<T>,
  signal?: AbortSignal,
): Promise<T> {
  const [response, checker] = await Promise.all([
    fetchFromServer(url, signal),
    typeof schema === "function" ? loadChecker(schema) : schema,
  ]);
  if (!response.ok) throw await failureOf(response);
  const parsed = checker.safeParse(await readBody(response));
  if (parsed.success) return parsed.data;
  throw unknownShape(response.status, parsed.error);
}

/** What a refused request says to the user. */
export async function failureOf(response: Response): Promise<ReadError> {
  const body = await readBody(response);
  return new ReadError(
    saysWhy(body) ? body.message : `The server answered with status ${response.status}. Try again.`,
    response.status,
  );
}

function saysWhy(body: unknown): body is { message: string } {
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string";
}

async function loadChecker<T>(load: () => Promise<Checker<T>>): Promise<Checker<T>> {
  try {
    return await load();
  } catch (cause) {
    throw new ReadError("A part of this page did not load. Check that Batchmark is running.", null, {
      cause,
    });
  }
}

/** An answer that does not fit its schema. */
export function unknownShape(httpStatus: number, cause: unknown): ReadError {
  return new ReadError(
    "The server sends a shape that this page does not know. Reload the page: it may be older than the server.",
    httpStatus,
    { cause },
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
