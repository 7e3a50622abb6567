import type { ComposedContext } from "#lib/compose-context.ts";
import { messageOf } from "#lib/domain/errors.ts";
import type { Engine } from "#lib/engine/engine.ts";

const stopGraceSeconds = 5;
/** Closing the database comes after the grace; supervisors kill what is still there after 10 s. */
const stopLimitSeconds = 9;

/**
 * SIGTERM and SIGINT finish what is in hand or hand it back and close the database, all within 9 s, before the process
 * ends. Other handlers of these signals are removed.
 */
export function stopWithProcess({ context, close }: ComposedContext, engine: Engine | null): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    const forced = setTimeout(() => process.exit(1), stopLimitSeconds * 1000);
    forced.unref();
    const stopped = async () => {
      await engine?.stop(stopGraceSeconds);
      await close();
    };
    stopped()
      .catch((error: unknown) => context.log.error({ message: messageOf(error) }, "stopped with an error"))
      .finally(() => process.exit(0));
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    // Next's own handler ends the process as soon as its connections are closed, in the middle of our work.
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
}
