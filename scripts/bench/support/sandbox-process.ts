import { startSandbox, type Sandbox } from "#sandbox/server.ts";
import { answerTasks } from "./worker-process.ts";

/** Sent once: where to keep the state, and what every call to a provider costs. */
export type SandboxTask = { stateDir: string; latencyMs: number };
/** Base URLs of the three APIs. */
export type SandboxReply = Sandbox["urls"];

let sandbox: Sandbox | null = null;

// Batches that take minutes: none of them ends while it is measured how fast they are submitted or looked at.
answerTasks(
  async ({ stateDir, latencyMs }: SandboxTask): Promise<SandboxReply> => {
    sandbox = await startSandbox({ scenario: "realistic", seed: 1, stateDir, latencyMs });
    return sandbox.urls;
  },
  () => void sandbox?.close(),
);
