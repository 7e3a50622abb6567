import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "#lib/domain/errors.ts";

type LockOwner = { pid: number; startedAt: string | null };

/**
 * Makes sure that one process opens the embedded database: a second one would silently lose rows.
 * Throws `AppError("conflict")` that names the process holding it. A lock left by a dead process is taken over.
 */
export function acquireProcessLock(file: string): { release(): void } {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, startedAt: processStartOf(process.pid) });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return { release: () => releaseIfMine(file, mine) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const owner = readOwner(file);
      if (owner && isAlive(owner)) throw lockedBy(owner, file);
      rmSync(file, { force: true });
    }
  }
  throw new AppError("conflict", `Another process is opening ${path.dirname(file)} right now. Try again.`);
}

function lockedBy(owner: LockOwner, file: string): AppError {
  return new AppError(
    "conflict",
    `Batchmark already runs as process ${owner.pid} on ${path.dirname(file)}. ` +
      "Stop that one first, choose another folder with BATCHMARK_DATA_DIR, or set DATABASE_URL so that several processes can share PostgreSQL.",
  );
}

function readOwner(file: string): LockOwner | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof value !== "object" || value === null || !("pid" in value)) return null;
    const startedAt = "startedAt" in value && typeof value.startedAt === "string" ? value.startedAt : null;
    return typeof value.pid === "number" ? { pid: value.pid, startedAt } : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, startedAt }: LockOwner): boolean {
  if (pid === process.pid) return startedAt === processStartOf(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const current = processStartOf(pid);
  return startedAt === null || current === null || startedAt === current;
}

/** Start time of a process in clock ticks, where the system tells it: distinguishes a reused process id. */
function processStartOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return (
      text
        .slice(text.lastIndexOf(")") + 2)
        .split(" ")
        .at(19) ?? null
    );
  } catch {
    return null;
  }
}

function releaseIfMine(file: string, mine: string): void {
  try {
    if (readFileSync(file, "utf8") === mine) rmSync(file, { force: true });
  } catch {
    // The folder may be gone already; then there is nothing to release.
  }
}
