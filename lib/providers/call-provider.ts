import type { CallOptions } from "./provider.ts";
import { abortedError, timedOutError, toProviderError, type FailureContext } from "./provider-failure.ts";

export type CallContext = FailureContext & { timeoutMs: number };

/**
 * One call to a provider: time-out, abort signal and error mapping in one place. Rejects with `ProviderError` only, and at
 * once when the caller aborts, even where an SDK would go on. `call` receives the signal that ends it.
 */
export async function callProvider<Result>(
  context: CallContext,
  options: CallOptions & { timeoutMs?: number },
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const watch = new CallWatch(options.signal, options.timeoutMs ?? context.timeoutMs);
  try {
    watch.start();
    return await watch.race(() => call(watch.signal));
  } catch (error) {
    throw watch.errorOf(error, context);
  } finally {
    watch.end();
  }
}

/**
 * The body of a reply as it arrives. The time-out covers the wait for the headers and for each next piece, not the time
 * that the reader of this stream takes; leaving the loop early closes the connection.
 */
export async function* streamFromProvider(
  context: CallContext,
  options: CallOptions,
  open: (signal: AbortSignal) => Promise<Response>,
): AsyncIterable<Uint8Array> {
  const watch = new CallWatch(options.signal, context.timeoutMs);
  try {
    watch.start();
    const response = await watch.race(() => open(watch.signal));
    watch.pause();
    const reader = response.body?.getReader();
    if (!reader) return;
    // Not a race for each piece: a promise that stays open for the whole download would hold on to every piece of it.
    watch.signal.addEventListener("abort", () => void reader.cancel().catch(() => undefined), { once: true });
    for (;;) {
      watch.start();
      const piece = await reader.read();
      watch.pause();
      if (watch.signal.aborted) throw new Error("The download was ended.");
      if (piece.done) return;
      yield piece.value;
    }
  } catch (error) {
    throw watch.errorOf(error, context);
  } finally {
    watch.end();
  }
}

/** Watches one call: ends its signal when the caller aborts or the time is over, and remembers which of the two it was. */
class CallWatch {
  private readonly controller = new AbortController();
  private readonly ended: Promise<never>;
  private readonly callerSignal: AbortSignal | undefined;
  private readonly timeoutMs: number;
  private readonly stop = () => this.controller.abort();
  private timer: NodeJS.Timeout | undefined;
  private hasTimedOut = false;

  constructor(callerSignal: AbortSignal | undefined, timeoutMs: number) {
    this.callerSignal = callerSignal;
    this.timeoutMs = timeoutMs;
    this.ended = new Promise<never>((_resolve, reject) => {
      this.signal.addEventListener("abort", () => reject(new Error("The call was ended.")), { once: true });
    });
    // The race handles the rejection; a call that is over before it leaves nobody waiting for this promise.
    this.ended.catch(() => undefined);
    if (callerSignal?.aborted) this.stop();
    else callerSignal?.addEventListener("abort", this.stop, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  start(): void {
    this.timer = setTimeout(() => {
      this.hasTimedOut = true;
      this.stop();
    }, this.timeoutMs);
  }

  pause(): void {
    clearTimeout(this.timer);
  }

  race<Result>(run: () => Promise<Result>): Promise<Result> {
    if (this.signal.aborted) return this.ended;
    const running = run();
    // When the signal wins, the call's own rejection comes later and belongs to nobody.
    running.catch(() => undefined);
    return Promise.race([running, this.ended]);
  }

  errorOf(thrown: unknown, context: CallContext): Error {
    if (this.callerSignal?.aborted) return abortedError(context.provider);
    if (this.hasTimedOut) return timedOutError(context, this.timeoutMs);
    return toProviderError(thrown, context);
  }

  end(): void {
    this.pause();
    this.callerSignal?.removeEventListener("abort", this.stop);
    this.stop();
  }
}
