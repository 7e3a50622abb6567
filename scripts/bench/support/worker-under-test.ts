import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../worker.ts", import.meta.url));

/** Starts `npm run worker` with this environment; resolves when it takes work. */
export async function startWorker(environment: Record<string, string>): Promise<{ stop(): Promise<void> }> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...environment, BATCHMARK_LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  await new Promise<void>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      if (line.includes("worker ready")) resolve();
    });
    lines.once("close", () => reject(new Error("The worker ended before it was ready.")));
  });
  return {
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
