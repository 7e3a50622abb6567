import { setMaxListeners } from "node:events";
import type { Output } from "./output.ts";

/** Under npm one Ctrl-C arrives twice: from the terminal, and passed on by npm. */
const sameSignalMs = 1_000;

export type StopRequest = {
  /** Set by the first Ctrl-C: start nothing new and finish what is in hand. */
  readonly isRequested: boolean;
  /** Aborted by the first Ctrl-C, for waits and reads that may end at once. */
  readonly signal: AbortSignal;
  close(): void;
};

/** Ctrl-C asks to stop in order, so that what has been paid for is written down; a second one ends the process at once. */
export function listenForStop(output: Output): StopRequest {
  const controller = new AbortController();
  // One listener for each call that is under way.
  setMaxListeners(0, controller.signal);
  let firstAtMs = 0;
  const onSignal = () => {
    if (controller.signal.aborted) {
      if (performance.now() - firstAtMs > sameSignalMs) process.exit(130);
      return;
    }
    firstAtMs = performance.now();
    output.note("Stopping: what is in hand is finished. Press Ctrl-C again to end at once.");
    controller.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  return {
    get isRequested() {
      return controller.signal.aborted;
    },
    signal: controller.signal,
    close() {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, onSignal);
    },
  };
}
