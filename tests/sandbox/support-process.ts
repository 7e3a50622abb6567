import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const MAIN = fileURLToPath(new URL("../../sandbox/main.ts", import.meta.url));

/** A sandbox in a process of its own, as `npm run sandbox` starts it. */
export interface SandboxProcess {
  readonly urls: { readonly openai: string; readonly google: string; readonly anthropic: string };
  readonly stateDir: string;
  /** Calls its own API under `/__sandbox`. */
  control(method: string, path: string, body?: unknown): Promise<Response>;
  /** Kills it without warning; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface ProcessOptions {
  readonly stateDir?: string;
  /** It dies when it needs more heap than this. */
  readonly maxHeapMegabytes?: number;
}

/** Starts a sandbox that ends with the test. */
export async function startProcess(options: ProcessOptions = {}): Promise<SandboxProcess> {
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), "sandbox-process-")));
  const heap = options.maxHeapMegabytes;
  const child = spawn(
    process.execPath,
    [
      ...(heap === undefined ? [] : [`--max-old-space-size=${heap}`]),
      MAIN,
      "--port=0",
      "--scenario=instant",
      "--seed=1",
      `--state-dir=${stateDir}`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const gone = once(child, "exit");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(async () => {
    await kill();
    await rm(stateDir, { recursive: true, force: true });
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, "line"), gone.then(() => null)]);
  if (first === null) throw new Error("the sandbox has ended before it was ready");
  // The first line that it prints is this object.
  const urls = JSON.parse(String(first[0])) as SandboxProcess["urls"];
  const origin = new URL(urls.openai).origin;
  return {
    urls,
    stateDir,
    kill,
    control: (method, path, body) =>
      fetch(`${origin}/__sandbox${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}
