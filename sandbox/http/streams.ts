const FLUSH_CHARACTERS = 1 << 16;

/** A body made of lines that are produced only as fast as the client reads. */
export function bodyOfLines(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let text = "";
        while (text.length < FLUSH_CHARACTERS) {
          const { value, done } = await lines.next();
          if (done === true) {
            if (text.length > 0) controller.enqueue(encoder.encode(text));
            controller.close();
            return;
          }
          text += value;
        }
        controller.enqueue(encoder.encode(text));
      },
      async cancel() {
        await lines.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** Time for what has been written to leave before the connection is broken. */
const FLUSH_MS = 50;

/** The first `bytes` of a body, after which `breakOff` ends the connection; the body itself never ends. */
export function truncated(
  body: ReadableStream<Uint8Array>,
  bytes: number,
  breakOff: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let left = bytes;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = left > 0 ? await reader.read() : { value: undefined, done: false };
        if (done) return controller.close();
        if (value === undefined) {
          setTimeout(breakOff, FLUSH_MS);
          // Never settled: the end of the connection, not the end of the body, is what the client must see.
          return new Promise<void>(() => undefined);
        }
        controller.enqueue(value.subarray(0, left));
        left -= Math.min(value.length, left);
      },
      async cancel() {
        await reader.cancel();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The same body, at no more than `bytesPerSecond`. */
export function trickled(
  body: ReadableStream<Uint8Array>,
  bytesPerSecond: number,
): ReadableStream<Uint8Array> {
  const step = Math.max(Math.floor(bytesPerSecond / 10), 1);
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        for (let from = 0; from < chunk.length; from += step) {
          controller.enqueue(chunk.subarray(from, from + step));
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      },
    }),
  );
}
