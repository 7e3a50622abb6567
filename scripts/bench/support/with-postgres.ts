// oxlint-disable-next-line no-restricted-imports -- measured on the throw-away server that the tests run on
import { startTestPostgres } from "../../../tests/setup/postgres.ts";
// oxlint-disable-next-line no-restricted-imports -- as above
import { createTestDatabase } from "../../../tests/setup/test-database.ts";

/** Runs `work` with an empty database on a PostgreSQL server of its own. */
export async function withPostgres<Result>(work: (databaseUrl: string) => Promise<Result>): Promise<Result> {
  const server = await startTestPostgres();
  try {
    const database = await createTestDatabase(server.url);
    try {
      return await work(database.url);
    } finally {
      await database.drop();
    }
  } finally {
    await server.stop();
  }
}
