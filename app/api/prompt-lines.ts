import { streamBytes } from "./stream-bytes.ts";

/** Prompts as JSON Lines of strings, streamed: they may hold line breaks. */
export function promptLines(prompts: AsyncIterable<string>): Response {
  return new Response(streamBytes(encoded(prompts)), {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

async function* encoded(prompts: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const prompt of prompts) yield encoder.encode(`${JSON.stringify(prompt)}\n`);
}
