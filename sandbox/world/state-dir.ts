import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Takes the state folder for this process. Two sandboxes on one folder would mix their journals, so the second
 * is refused; a lock left by a process that is gone is taken over. Returns what gives the folder free again.
 */
export function lockStateDir(stateDir: string): () => void {
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, "lock");
  const holder = existsSync(path) ? Number(readFileSync(path, "utf8")) : Number.NaN;
  if (Number.isInteger(holder) && holder !== process.pid && isAlive(holder)) {
    throw new Error(`The sandbox state in ${stateDir} is in use by process ${holder}.`);
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Removes files that nothing refers to, such as half an upload of a killed sandbox. */
export function sweepFiles(filesDir: string, wanted: ReadonlySet<string>): void {
  for (const name of readdirSync(filesDir)) {
    const path = join(filesDir, name);
    if (!wanted.has(path)) rmSync(path, { force: true });
  }
}
