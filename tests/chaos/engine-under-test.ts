import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { withoutAccounts } from "#tests/setup/without-accounts.ts";
import type { EngineAnswer, EngineQuestion, JobReport } from "./engine-process.ts";

const projectDirectory = fileURLToPath(new URL("../../", import.meta.url));
const script = fileURLToPath(new URL("engine-process.ts", import.meta.url));
const readyWithinMs = 120_000;

/** An engine in a process of its own. */
export type EngineUnderTest = {
  launch(input: unknown): Promise<void>;
  readJobs(): Promise<JobReport[]>;
  signal(name: "SIGSTOP" | "SIGCONT" | "SIGTERM"): void;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Resolves with the exit code when it has ended by itself. */
  ended: Promise<number | null>;
};

/** Starts an engine and resolves when it works. */
export async function startEngineProcess(environment: Record<string, string>): Promise<EngineUnderTest> {
  const child = spawn(process.execPath, [script], {
    cwd: projectDirectory,
    env: { ...process.env, ...withoutAccounts, BATCHMARK_LOG_LEVEL: "error", ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let log = "";
  const remember = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-10_000));
  child.stdout?.on("data", remember);
  child.stderr?.on("data", remember);
  const ended = once(child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  const ask = async (question: EngineQuestion) => {
    const answer = nextAnswer(child, () => log);
    child.send(question);
    return answer;
  };
  await nextAnswer(child, () => log);
  return {
    ended,
    async launch(input) {
      await ask({ kind: "launch", input });
    },
    async readJobs() {
      const answer = await ask({ kind: "jobs" });
      return "jobs" in answer ? answer.jobs : [];
    },
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function nextAnswer(child: ChildProcess, log: () => string): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => fail("did not answer in time"), readyWithinMs);
    const fail = (reason: string) => {
      stopListening();
      reject(new Error(`The engine under test ${reason}. Its output:\n${log()}`));
    };
    const onExit = () => fail("ended");
    const onMessage = (message: unknown) => {
      stopListening();
      // The other side of the channel is our own engine-process.ts, which sends this type and no other.
      const answer = message as EngineAnswer;
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer);
    };
    const stopListening = () => {
      clearTimeout(limit);
      child.off("exit", onExit);
      child.off("message", onMessage);
    };
    child.once("exit", onExit);
    child.on("message", onMessage);
  });
}
