import type { AppContext } from "#lib/context.ts";
import { messageOf } from "#lib/domain/errors.ts";
import { cancel } from "./cancel.ts";
import { collect } from "./collect.ts";
import { poll } from "./poll.ts";
import { submit } from "./submit.ts";
import { sweep } from "./sweep.ts";
import { tidy } from "./tidy.ts";

export type Engine = {
  /** Takes no new work, finishes or hands back what is in hand within `graceSeconds`. */
  stop(graceSeconds: number): Promise<void>;
};

const sweepIntervalMs = 60_000;
const tidyIntervalMs = 24 * 60 * 60 * 1000;

/**
 * Wires the verbs to the queue and starts them: launch → submit → poll → collect, and cancel beside them. Everything
 * that was unfinished when the last process ended goes on from its row.
 */
export async function startEngine(context: AppContext): Promise<Engine> {
  const { queue, log } = context;
  // PGlite has one process, so a message held by a worker belongs to a process that is gone.
  if (context.database.driver.kind === "pglite") await queue.clear();
  await sweep(context);
  await queue.work("submit", { workers: 2, batchSize: 20 }, (data, signal) => submit(context, data, signal));
  await queue.work("poll", { workers: 2, batchSize: 1 }, (data, signal) => poll(context, data, signal));
  await queue.work("collect", { workers: 2, batchSize: 2 }, (data, signal) => collect(context, data, signal));
  await queue.work("cancel", { workers: 1, batchSize: 4 }, (data, signal) => cancel(context, data, signal));
  const repeat = (name: string, run: (context: AppContext) => Promise<void>, intervalMs: number) => {
    const timer = setInterval(() => {
      run(context).catch((error: unknown) => log.error({ message: messageOf(error) }, `${name} failed`));
    }, intervalMs);
    return timer.unref();
  };
  const timers = [repeat("sweep", sweep, sweepIntervalMs), repeat("tidy", tidy, tidyIntervalMs)];
  tidy(context).catch((error: unknown) => log.error({ message: messageOf(error) }, "tidy failed"));
  return {
    async stop(graceSeconds) {
      timers.forEach(clearInterval);
      await queue.stop(graceSeconds);
    },
  };
}
