// @ts-check
import { spawn } from "node:child_process";
import { PROJECT_DIR, say } from "./project.mjs";

const HEARTBEAT_MS = 15_000;

/**
 * @typedef {object} Step
 * @property {string} label what is going on, for the progress lines
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [cwd] the clone unless given
 * @property {number} [timeoutMs] no limit unless given
 * @property {boolean} [shell] whether only a shell can start the command
 */

/**
 * Runs one command to its end, its output on our terminal; where no terminal shows a spinner, a line every 15 s tells
 * that it is still at work.
 * @param {Step} step
 * @returns {Promise<{ exitCode: number, timedOut: boolean }>} 127 when the command cannot be started at all
 */
export function runStep(step) {
  const startedAtMs = performance.now();
  const child = spawn(step.command, step.args, {
    cwd: step.cwd ?? PROJECT_DIR,
    env: step.env,
    shell: step.shell ?? false,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const heartbeat = process.stdout.isTTY
    ? undefined
    : setInterval(() => {
        say(`still ${step.label} (${Math.round((performance.now() - startedAtMs) / 1000)} s) …`);
      }, HEARTBEAT_MS);
  let timedOut = false;
  const limit = step.timeoutMs
    ? setTimeout(() => {
        timedOut = true;
        child.kill("SIGKILL");
      }, step.timeoutMs)
    : undefined;
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on("SIGTERM", forward);
  return new Promise((resolve) => {
    const finish = (/** @type {number} */ exitCode) => {
      clearInterval(heartbeat);
      clearTimeout(limit);
      process.off("SIGTERM", forward);
      resolve({ exitCode, timedOut });
    };
    child.on("error", () => finish(127));
    child.on("exit", (code) => finish(code ?? 1));
  });
}
