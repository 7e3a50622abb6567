import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const projectDirectory = fileURLToPath(new URL("../../../", import.meta.url));
const healthyWithinMs = 120_000;

export type AppServer = {
  url: string;
  /** Starts or ends a stream of changes inside the server, so many a second; 0 ends it. */
  changeJobs: (perSecond: number) => void;
  stop: () => Promise<void>;
};

/** Starts the production build on a data folder, without an engine, so that nothing else happens. */
export async function startAppServer(dataDirectory: string): Promise<AppServer> {
  if (!existsSync(path.join(projectDirectory, ".next", "BUILD_ID"))) {
    throw new Error("This benchmark measures the production build. Run `npm run build` first.");
  }
  const port = await findFreePort();
  const child = spawn(
    process.execPath,
    [
      "--import",
      new URL("./change-jobs.ts", import.meta.url).href,
      path.join(projectDirectory, "node_modules/next/dist/bin/next"),
      "start",
      "--hostname",
      "127.0.0.1",
      "--port",
      String(port),
    ],
    {
      cwd: projectDirectory,
      env: environmentOf(dataDirectory),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const stop = () => stopChild(child);
  try {
    await waitUntilHealthy(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, changeJobs: (perSecond) => void child.send({ perSecond }), stop };
}

function environmentOf(dataDirectory: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    BATCHMARK_DATA_DIR: dataDirectory,
    BATCHMARK_SANDBOX: "1",
    BATCHMARK_ENGINE: "off",
    BATCHMARK_LOG_LEVEL: "warn",
  };
}

async function waitUntilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + healthyWithinMs;
  while (performance.now() < deadlineMs) {
    if (child.exitCode !== null) throw new Error("The server under measurement ended.");
    const response = await fetch(`${url}/api/health`).catch(() => null);
    if (response?.ok) return;
    await delay(100);
  }
  throw new Error("The server under measurement did not become healthy.");
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const hasExited = once(child, "exit");
  child.kill("SIGTERM");
  await hasExited;
}

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
