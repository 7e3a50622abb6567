import { mkdirSync } from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import type { Database, DatabaseHandle } from "./client.ts";
import { acquireProcessLock } from "./process-lock.ts";
import { vacuumRegularly } from "./vacuum-regularly.ts";

/** Opens the embedded database, one process at a time, and brings its schema up to date. */
export async function openPglite(
  directory: string,
  migrationsDirectory: string,
  onError: (error: Error) => void,
): Promise<DatabaseHandle> {
  mkdirSync(directory, { recursive: true });
  const lock = acquireProcessLock(path.join(directory, "db.lock"));
  try {
    const pglite = await PGlite.create(path.join(directory, "db"));
    const handle = await handlePglite(pglite, migrationsDirectory, () => lock.release());
    const stopVacuuming = await vacuumRegularly(pglite, onError);
    return {
      ...handle,
      async close() {
        await stopVacuuming();
        await handle.close();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Wraps an already open PGlite and brings its schema up to date; `onClose` runs after it is closed. */
export async function handlePglite(
  pglite: PGlite,
  migrationsDirectory: string,
  onClose: () => void = () => {},
): Promise<DatabaseHandle> {
  const db = drizzle({ client: pglite });
  await migrate(db, { migrationsFolder: migrationsDirectory });
  return {
    // PgliteDatabase is a PgDatabase with its own result type; queries through the common type return the same rows.
    db: db as unknown as Database,
    driver: { kind: "pglite", pglite },
    listen: (channel, onPayload) => pglite.listen(channel, onPayload),
    async close() {
      await pglite.close();
      onClose();
    },
  };
}
