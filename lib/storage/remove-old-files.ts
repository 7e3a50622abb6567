import { opendir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Leftovers } from "./storage.ts";

/** Removes the files below a directory that nobody has written to since `before`. A directory that is missing is empty. */
export async function removeOldFiles(
  directory: string,
  before: Date,
  isMeant: (name: string) => boolean = () => true,
): Promise<Leftovers> {
  const removed = { count: 0, sizeBytes: 0 };
  try {
    for await (const entry of await opendir(directory, { recursive: true })) {
      if (!entry.isFile() || !isMeant(entry.name)) continue;
      const file = path.join(entry.parentPath, entry.name);
      const known = await unlessMissing(() => stat(file));
      if (!known || known.mtime >= before) continue;
      await rm(file, { force: true });
      removed.count += 1;
      removed.sizeBytes += known.size;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return removed;
}

/** Another process may clear away the same files. */
async function unlessMissing<Value>(run: () => Promise<Value>): Promise<Value | null> {
  try {
    return await run();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
