import { toActionFailure } from "#lib/domain/action-result.ts";
import { streamBytes } from "./stream-bytes.ts";

type FailureLine = { type: "failure"; message: string };

/**
 * Answers with JSON lines as they are made. An expected error becomes the last line: by then the status has been sent.
 * A defect breaks the stream off for the server to log.
 */
export function streamLines<Line extends object>(lines: AsyncIterable<Line>): Response {
  return new Response(streamBytes(toBytes(lines)), {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function* toBytes<Line extends object>(lines: AsyncIterable<Line>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  const encode = (line: Line | FailureLine) => encoder.encode(`${JSON.stringify(line)}\n`);
  try {
    for await (const line of lines) yield encode(line);
  } catch (error) {
    yield encode({ type: "failure", message: toActionFailure(error).message });
  }
}
