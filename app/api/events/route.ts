import { getContext } from "#lib/server-context.ts";

export const dynamic = "force-dynamic";

const heartbeatMs = 15_000;

/** Live events as server-sent events, until the page goes away. A comment line every 15 s keeps the line open. */
export async function GET(request: Request): Promise<Response> {
  const context = await getContext();
  const encoder = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          // The page left between the event and its delivery; the abort handler cleans up.
        }
      };
      const unsubscribe = await context.live.subscribe((event) => send(`data: ${JSON.stringify(event)}\n\n`));
      const heartbeat = setInterval(() => send(": still here\n\n"), heartbeatMs);
      stop = () => {
        clearInterval(heartbeat);
        unsubscribe();
      };
      request.signal.addEventListener("abort", stop);
      send("retry: 1000\n: connected\n\n");
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
