import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A child process that answers one message after the other. */
export type WorkerProcess<Task extends object, Reply> = {
  ask(task: Task): Promise<Reply>;
  stop(): Promise<void>;
};

type Answer<Reply> = { reply: Reply } | { error: string };

/** Starts a file that calls `answerTasks`. Work in a process of its own has its own memory and its own event loop. */
export function startWorkerProcess<Task extends object, Reply>(file: URL): WorkerProcess<Task, Reply> {
  const child = fork(file, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const hasExited = once(child, "exit");
  return {
    async ask(task) {
      const answer = nextMessage<Answer<Reply>>(child);
      child.send(task);
      const arrived = await answer;
      if ("error" in arrived) throw new Error(arrived.error);
      return arrived.reply;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await hasExited;
    },
  };
}

function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A process of the benchmark ended (${code}).`));
    child.once("exit", onExit);
    // The other side of the channel is one of our own files, which sends this type and no other.
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as Message);
    });
  });
}

/** The other side, in the child: answers each task until the parent lets go, then ends the process. */
export function answerTasks(answer: (task: never) => Promise<unknown>, close = () => {}): void {
  process.on("message", (task) => {
    // What arrives was sent by `ask` with the type that `answer` takes.
    answer(task as never).then(
      (reply) => process.send?.({ reply } satisfies Answer<unknown>),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once("disconnect", () => {
    close();
    process.exit(0);
  });
}
