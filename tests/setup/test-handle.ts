import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { inject } from "vitest";
import type { DatabaseHandle } from "#lib/db/client.ts";
import { handlePglite } from "#lib/db/open-pglite.ts";
import { openPostgres } from "#lib/db/open-postgres.ts";
import { createTestDatabase } from "./test-database.ts";

export const migrationsDirectory = path.join(import.meta.dirname, "..", "..", "lib", "db", "migrations");

export type TestHandle = DatabaseHandle & {
  /** Removes every row, so that tests of one file do not see each other. */
  empty(): Promise<void>;
};

/** A database of its own for one test file: PGlite in memory, or PostgreSQL in the second run. Close it at the end. */
export async function openTestHandle(): Promise<TestHandle> {
  const { handle, drop } =
    process.env["BATCHMARK_TEST_DB"] === "postgres" ? await openOnPostgres() : await openInMemory();
  return {
    ...handle,
    empty: async () =>
      void (await handle.db.execute(sql`truncate job_sets, jobs, recipes, accounts cascade`)),
    async close() {
      await handle.close();
      await drop();
    },
  };
}

async function openInMemory() {
  const handle = await handlePglite(await PGlite.create(), migrationsDirectory);
  return { handle, drop: async () => {} };
}

async function openOnPostgres() {
  const database = await createTestDatabase(inject("postgresUrl"));
  const handle = await openPostgres(database.url, migrationsDirectory, () => {});
  return { handle, drop: database.drop };
}
