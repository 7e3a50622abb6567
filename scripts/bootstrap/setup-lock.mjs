// @ts-check
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { BootstrapError, PROJECT_DIR, inProject, say } from "./project.mjs";

const BEAT_MS = 2_000;
const STALE_AFTER_MS = 30_000;
const LOOK_AGAIN_MS = 500;

/**
 * Lets one process at a time install or build in this clone; a second one waits. The holder touches the file while it
 * works, so a file left behind by a killed process is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSetupLock(work) {
  checkWritable();
  const path = inProject(".batchmark", "setup.lock");
  mkdirSync(inProject(".batchmark"), { recursive: true });
  for (let waits = 0; !tryToTake(path); waits += 1) {
    if (waits === 0) say("another command is installing or building in this folder; waiting for it …");
    await delay(LOOK_AGAIN_MS);
  }
  const beat = setInterval(() => touch(path), BEAT_MS);
  const release = () => rmSync(path, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

/** @param {string} path @returns {boolean} whether the lock is ours now */
function tryToTake(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    // writeFileSync throws Node's system errors only, which carry a code.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const touchedAtMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (touchedAtMs !== undefined && Date.now() - touchedAtMs > STALE_AFTER_MS) rmSync(path, { force: true });
  return false;
}

/** @param {string} path */
function touch(path) {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // The file was taken away by hand; the work goes on all the same.
  }
}

function checkWritable() {
  try {
    for (const folder of [
      PROJECT_DIR,
      inProject("node_modules"),
      inProject(".next"),
      inProject(".batchmark"),
    ]) {
      if (existsSync(folder)) accessSync(folder, constants.W_OK);
    }
  } catch {
    throw new BootstrapError(
      `this user may not write into ${PROJECT_DIR} or the folders node_modules, .next and .batchmark in it.\n` +
        "Clone the repository into a folder of your own, or run the command as the owner of this one.",
    );
  }
}
