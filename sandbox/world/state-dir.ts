import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A process that is being killed is given this long to be gone. */
const PATIENCE_MS = 1_500;
const RETRY_MS = 100;

/**
 * Takes the state folder for this process. Two sandboxes on one folder would mix their journals, so the second
 * is refused; a lock left by a process that is gone is taken over. Returns what gives the folder free again.
 */
export async function lockStateDir(stateDir: string): Promise<() => void> {
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, "lock");
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const holder = existsSync(path) ? Number(readFileSync(path, "utf8")) : Number.NaN;
    if (!Number.isInteger(holder) || holder === process.pid || !isAlive(holder)) break;
    if (waitedMs >= PATIENCE_MS) {
      throw new Error(`The sandbox state in ${stateDir} is in use by process ${holder}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return !isZombie(pid);
}

/** Where nobody collects ended processes, as in many containers, their numbers stay in use. */
function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // No such folder on this system: there is nothing more to learn.
    return false;
  }
}

/** Removes files that nothing refers to, such as half an upload of a killed sandbox. */
export function sweepFiles(filesDir: string, wanted: ReadonlySet<string>): void {
  for (const name of readdirSync(filesDir)) {
    const path = join(filesDir, name);
    if (!wanted.has(path)) rmSync(path, { force: true });
  }
}
