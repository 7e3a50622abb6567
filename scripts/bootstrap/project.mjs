// @ts-check
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { stopWithNpm } from "./stop-with-npm.mjs";

/** The folder of the clone. Everything here works from it, never from the folder the user happens to stand in. */
export const PROJECT_DIR = fileURLToPath(new URL("../../", import.meta.url));

/** A failure that the user can mend: its message is a whole explanation and is printed without a stack. */
export class BootstrapError extends Error {}

/** Prints one line of progress. @param {string} line */
export function say(line) {
  console.log(`batchmark: ${line}`);
}

/** @param {...string} parts @returns {string} the absolute path of something in the clone */
export function inProject(...parts) {
  return join(PROJECT_DIR, ...parts);
}

/**
 * The environment for our own children: Node 24 first on PATH, no telemetry, the mode said outright.
 * @param {"production" | "development" | "test"} [mode]
 */
export function childEnvironment(mode = "production") {
  const bin = inProject("node_modules", ".bin");
  const others = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== bin);
  const path = [bin, ...others].join(delimiter);
  return { ...process.env, PATH: path, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" };
}

/**
 * Runs a command line's main function and turns what it throws into an exit code.
 * @param {() => Promise<number>} main resolves to the exit code
 */
export async function runMain(main) {
  stopWithNpm();
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = 1;
    explain(error);
  }
}

/** Prints what went wrong: a whole explanation when it is the user's to mend, else the stack. @param {unknown} error */
export function explain(error) {
  console.error(error instanceof BootstrapError ? `\nbatchmark: ${error.message}\n` : error);
}

/** @param {string} path relative to the clone @returns {boolean} whether it is there */
export function isPresent(path) {
  return existsSync(inProject(path));
}
