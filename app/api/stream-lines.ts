import { toActionFailure } from "#lib/domain/action-result.ts";
import { respond } from "./respond.ts";
import { streamBytes } from "./stream-bytes.ts";

type FailureLine = { type: "failure"; message: string };

/**
 * Answers with JSON lines as they are made, once they are opened: what is wrong with the request is answered as every
 * route does. An expected error becomes the last line: by then the status has been sent. A defect breaks the stream off
 * for the server to log.
 */
export async function respondWithStream<Line extends object>(
  open: () => Promise<AsyncIterable<Line>>,
): Promise<Response> {
  try {
    return respondWithJsonLines(endedByFailure(await open()));
  } catch (error) {
    return respond(() => Promise.reject(error));
  }
}

/** Prompts as JSON Lines of strings, streamed: they may hold line breaks. */
export function promptLines(prompts: AsyncIterable<string>): Response {
  return respondWithJsonLines(prompts);
}

function respondWithJsonLines(values: AsyncIterable<unknown>): Response {
  return new Response(streamBytes(encoded(values)), {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function* encoded(values: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const value of values) yield encoder.encode(`${JSON.stringify(value)}\n`);
}

async function* endedByFailure<Line extends object>(
  lines: AsyncIterable<Line>,
): AsyncIterable<Line | FailureLine> {
  try {
    yield* lines;
  } catch (error) {
    yield { type: "failure", message: toActionFailure(error).message };
  }
}
