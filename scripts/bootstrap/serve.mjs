// @ts-check
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { PROJECT_DIR, childEnvironment, inProject, say } from "./project.mjs";

const KILL_AFTER_MS = 8_000;
const HEALTH_TIMEOUT_MS = 5_000;
const LOOK_AGAIN_MS = 250;
const SLOW_AFTER_MS = 30_000;

/** @typedef {import("./listen-address.mjs").ListenAddress} ListenAddress */

/**
 * Runs Next on an address until it ends by itself or we are told to stop; it never outlives this process.
 * @param {object} options
 * @param {string} options.node the executable to run it with
 * @param {"start" | "dev"} options.mode
 * @param {ListenAddress} options.address
 * @returns {Promise<number>} the exit code: 0 after an ordered stop
 */
export async function serve({ node, mode, address }) {
  const environment = childEnvironment(mode === "dev" ? "development" : "production");
  const child = spawn(
    node,
    [
      "--import",
      pathToFileURL(inProject("scripts", "bootstrap", "exit-with-parent.mjs")).href,
      inProject("node_modules", "next", "dist", "bin", "next"),
      mode,
      "--hostname",
      address.host,
      "--port",
      String(address.port),
    ],
    {
      cwd: PROJECT_DIR,
      env: {
        ...environment,
        HOST: address.host,
        PORT: String(address.port),
        BATCHMARK_STARTER_PID: String(process.pid),
      },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const ended = new Promise((/** @type {(exitCode: number) => void} */ resolve) => {
    child.on("error", (error) => {
      console.error(error);
      resolve(1);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
  const watch = new AbortController();
  void ended.then(() => watch.abort());
  let isStopping = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      watch.abort();
      say("stopping …");
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
    });
  }
  if (await becomesHealthy(address.url, watch.signal)) say(`ready at ${address.url} (stop with Ctrl+C)`);
  const exitCode = await ended;
  return isStopping ? 0 : exitCode;
}

/**
 * @param {string} url
 * @param {AbortSignal} signal aborted when there is nothing left to wait for
 * @returns {Promise<boolean>}
 */
async function becomesHealthy(url, signal) {
  const startedAtMs = performance.now();
  let hasComplained = false;
  while (!signal.aborted) {
    const answer = await askForHealth(url, signal);
    if (answer === "ok") return true;
    if (!hasComplained && performance.now() - startedAtMs > SLOW_AFTER_MS) {
      hasComplained = true;
      say(`${url}/api/health does not answer "ok" yet: ${answer}`);
    }
    await delay(LOOK_AGAIN_MS);
  }
  return false;
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<string>} "ok", or what was wrong
 */
async function askForHealth(url, signal) {
  try {
    const limit = AbortSignal.timeout(HEALTH_TIMEOUT_MS);
    const response = await fetch(`${url}/api/health`, {
      signal: AbortSignal.any ? AbortSignal.any([signal, limit]) : limit,
    });
    return response.ok ? "ok" : `HTTP ${response.status} ${(await response.text()).slice(0, 500)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : "";
    return error instanceof Error ? `${error.message}${cause}` : String(error);
  }
}
