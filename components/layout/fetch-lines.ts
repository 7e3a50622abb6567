import { failureOf, ReadError, unknownShape, type Checker } from "./fetch-json.ts";

/**
 * Reads JSON lines from one of our own routes as they arrive and checks each. Rejects with `ReadError`, or with the
 * abort itself.
 */
export async function* fetchLines<T>(
  url: string,
  schema: Checker<T>,
  options: { signal: AbortSignal; body?: unknown },
): AsyncIterable<T> {
  const response = await open(url, options);
  if (!response.ok || !response.body) throw await failureOf(response);
  let rest = "";
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const parts = (rest + decoder.decode(value, { stream: !done })).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) yield parseLine(line, schema, response.status);
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function open(
  url: string,
  { signal, body }: { signal: AbortSignal; body?: unknown },
): Promise<Response> {
  const sent =
    body === undefined
      ? {}
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  try {
    return await fetch(url, { signal, cache: "no-store", ...sent });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ReadError("Batchmark does not answer. Check that it is running, then try again.", null, {
      cause,
    });
  }
}

function parseLine<T>(line: string, schema: Checker<T>, httpStatus: number): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw unknownShape(httpStatus, cause);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw unknownShape(httpStatus, parsed.error);
  return parsed.data;
}
