import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { randomToken } from "#lib/domain/ids.ts";
import { AppError } from "#lib/domain/errors.ts";
import { removeOldFiles } from "./remove-old-files.ts";
import { checkStorageKey } from "./storage-key.ts";
import type { Storage } from "./storage.ts";

/** Files below one directory of this machine. */
export function createLocalStorage(directory: string): Storage {
  const pathOf = (key: string) => {
    checkStorageKey(key);
    return path.join(directory, key);
  };

  return {
    place: `the folder ${directory}`,

    async write(key, bytes) {
      const target = pathOf(key);
      const temporary = `${target}.${randomToken(8)}.partial`;
      try {
        await mkdir(path.dirname(target), { recursive: true });
        // The database will say that the file is there: it must be on the disk, not only on its way.
        const file = createWriteStream(temporary, { flush: true });
        await pipeline(Readable.from(bytes, { objectMode: true }), file);
        const { size } = await stat(temporary);
        await rename(temporary, target);
        return { sizeBytes: size };
      } catch (error) {
        await rm(temporary, { force: true });
        throw storageError(error, directory);
      }
    },

    async *read(key, range) {
      const bounds = range
        ? { start: range.offsetBytes, end: range.offsetBytes + range.lengthBytes - 1 }
        : undefined;
      if (range?.lengthBytes === 0) return;
      try {
        for await (const chunk of createReadStream(pathOf(key), bounds)) {
          // createReadStream without an encoding yields Buffers only.
          yield chunk as Uint8Array;
        }
      } catch (error) {
        throw storageError(error, directory);
      }
    },

    async sizeBytes(key) {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        if (errorCode(error) === "ENOENT") return null;
        throw storageError(error, directory);
      }
    },

    async remove(key) {
      await rm(pathOf(key), { force: true });
    },

    removeLeftovers: (before) => removeOldFiles(directory, before, (name) => name.endsWith(".partial")),

    async freeBytes() {
      await mkdir(directory, { recursive: true });
      const { bavail, bsize } = await statfs(directory);
      return bavail * bsize;
    },
  };
}

function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

function storageError(error: unknown, directory: string): unknown {
  switch (errorCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new AppError(
        "limit",
        `The disk that holds ${directory} is full. Make room; collection goes on by itself.`,
        { cause: error },
      );
    case "ENOENT":
      return new AppError("not_found", "This result file is no longer in the storage.", { cause: error });
    default:
      return error;
  }
}
