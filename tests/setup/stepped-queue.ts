import type { AppContext } from "#lib/context.ts";
import { cancel } from "#lib/engine/cancel.ts";
import { collect } from "#lib/engine/collect.ts";
import { poll } from "#lib/engine/poll.ts";
import type { JobQueue, QueueData, QueueMessage, QueueName } from "#lib/engine/queue.ts";
import { submit } from "#lib/engine/submit.ts";
import type { ManualClock } from "./manual-clock.ts";

type Waiting = {
  name: QueueName;
  data: QueueData[QueueName];
  key: string;
  dueAtMs: number;
  priority: number;
};

const maximumSteps = 5_000;

/**
 * The queue's rules (one waiting message a key, delays, priorities) without its timers: a test takes one message at a
 * time and the clock jumps to when it is due.
 */
export type SteppedQueue = JobQueue & {
  waiting(): readonly Waiting[];
  /** Handles the next message; false when there is none. */
  step(context: AppContext): Promise<boolean>;
  /** Handles messages until none is left or `until` holds; fails when that does not happen. */
  drain(context: AppContext, until?: () => Promise<boolean> | boolean): Promise<void>;
};

export function createSteppedQueue(clock: ManualClock): SteppedQueue {
  let messages: Waiting[] = [];

  function add(name: QueueName, message: QueueMessage<QueueName>): void {
    if (messages.some((waiting) => waiting.name === name && waiting.key === message.key)) return;
    messages.push({
      name,
      data: message.data,
      key: message.key,
      dueAtMs: clock.now().getTime() + (message.delaySeconds ?? 0) * 1000,
      priority: message.priority ?? 0,
    });
  }

  async function step(context: AppContext): Promise<boolean> {
    const next = messages.toSorted((a, b) => a.dueAtMs - b.dueAtMs || b.priority - a.priority)[0];
    if (!next) return false;
    messages = messages.filter((message) => message !== next);
    clock.moveTo(new Date(next.dueAtMs));
    await handle(context, next);
    return true;
  }

  return {
    waiting: () => messages,
    step,
    send: async (name, added) => added.forEach((message) => add(name, message)),
    async hasten(name, message) {
      messages = messages.filter((waiting) => !(waiting.name === name && waiting.key === message.key));
      add(name, message);
    },
    work: async () => {},
    clear: async () => void (messages = []),
    stop: async () => {},
    async drain(context, until = () => false) {
      for (let taken = 0; taken < maximumSteps; taken += 1) {
        if ((await until()) || !(await step(context))) return;
      }
      throw new Error(`The queue did not come to rest within ${maximumSteps} messages.`);
    },
  };
}

async function handle(context: AppContext, { name, data }: Waiting): Promise<void> {
  if (name === "poll" && "account" in data) return poll(context, data);
  if ("jobId" in data) {
    if (name === "submit") return submit(context, data);
    if (name === "collect") return collect(context, data);
    if (name === "cancel") return cancel(context, data);
  }
  throw new Error(`A message of the queue ${name} has the wrong form.`);
}
