import type { Config } from "#lib/config.ts";
import type { DatabaseHandle } from "./client.ts";
import { openPglite } from "./open-pglite.ts";
import { openPostgres } from "./open-postgres.ts";

/** Opens PostgreSQL when `DATABASE_URL` is set, else PGlite in the data folder. */
export function openDatabase(
  config: Pick<Config, "databaseUrl" | "dataDirectory" | "migrationsDirectory">,
  onError: (error: Error) => void,
): Promise<DatabaseHandle> {
  return config.databaseUrl
    ? openPostgres(config.databaseUrl, config.migrationsDirectory, onError)
    : openPglite(config.dataDirectory, config.migrationsDirectory, onError);
}
