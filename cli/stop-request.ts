import type { Output } from "./output.ts";

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
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
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
