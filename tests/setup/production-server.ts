import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withoutAccounts } from "./without-accounts.ts";

const projectDirectory = fileURLToPath(new URL("../../", import.meta.url));
const healthyWithinMs = 60_000;
const killAfterMs = 10_000;
const lookAgainMs = 100;

export type ProductionServer = {
  url: string;
  dataDirectory: string;
  /** Everything that the server has written to its terminal so far. */
  log: () => string;
  /** Ends the server in order; its data stays, so that another one can go on with it. */
  stop: () => Promise<void>;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
};

export type ProductionServerOptions = {
  /** A fresh folder unless given. */
  dataDirectory?: string;
  /** A free port unless given. */
  port?: number;
  /** Added to an environment without any account: the embedded sandbox with the scenario `instant`. */
  environment?: Record<string, string>;
};

/** Starts the production build as `npm start` does and waits until it is healthy. */
export async function startProductionServer(
  options: ProductionServerOptions = {},
): Promise<ProductionServer> {
  const port = options.port ?? (await findFreePort());
  const dataDirectory = options.dataDirectory ?? createDataDirectory();
  const url = `http://127.0.0.1:${port}`;
  const preload = pathToFileURL(path.join(projectDirectory, "scripts/bootstrap/exit-with-parent.mjs")).href;
  const next = path.join(projectDirectory, "node_modules/next/dist/bin/next");
  const child = spawn(
    process.execPath,
    ["--import", preload, next, "start", "--hostname", "127.0.0.1", "--port", String(port)],
    {
      cwd: projectDirectory,
      env: serverEnvironment({
        ...options.environment,
        BATCHMARK_DATA_DIR: dataDirectory,
        PORT: String(port),
      }),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  let log = "";
  const remember = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout?.on("data", remember);
  child.stderr?.on("data", remember);
  const server: ProductionServer = {
    url,
    dataDirectory,
    log: () => log,
    stop: () => endProcess(child, "SIGTERM"),
    kill: () => endProcess(child, "SIGKILL"),
  };
  try {
    await waitUntilHealthy(url, child);
  } catch (error) {
    await server.kill();
    throw new Error(`The server under test did not become healthy. Its output:\n${log}`, { cause: error });
  }
  return server;
}

/** A fresh data folder; the caller removes it with `removeDataDirectory`, and a test that fails before that at its end. */
export function createDataDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), "batchmark-e2e-"));
  process.once("exit", () => removeDataDirectory(directory));
  return directory;
}

export function removeDataDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

function serverEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...withoutAccounts,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    HOST: "127.0.0.1",
    BATCHMARK_STARTER_PID: String(process.pid),
    BATCHMARK_SANDBOX: "1",
    BATCHMARK_SANDBOX_SCENARIO: "instant",
    BATCHMARK_LOG_LEVEL: "info",
    ...extra,
  };
}

async function waitUntilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + healthyWithinMs;
  while (performance.now() < deadlineMs) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("the server ended");
    const response = await fetch(`${url}/api/health`).catch(() => null);
    if (response?.ok) return;
    await delay(lookAgainMs);
  }
  throw new Error(`no healthy answer within ${healthyWithinMs / 1000} s`);
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill(signal);
  const limit = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  await ended;
  clearTimeout(limit);
}

/** A port of this machine on which nobody listens at the moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("The system gave no port."));
      });
    });
  });
}
