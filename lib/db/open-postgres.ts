import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { AppError, messageOf } from "#lib/domain/errors.ts";
import type { Database, DatabaseHandle } from "./client.ts";
import { listenOnPostgres } from "./listen-postgres.ts";

/** Two processes may start at once: the migrations run under this advisory lock. */
const migrationLock = 7_264_001;

/** A process that is frozen in the middle of a transaction holds locks; after this long the server takes them away. */
const idleInTransactionMs = 20_000;

/** Connects to PostgreSQL and brings its schema up to date. `onError` hears of idle connections that break. */
export async function openPostgres(
  url: string,
  migrationsDirectory: string,
  onError: (error: Error) => void,
): Promise<DatabaseHandle> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  });
  pool.on("error", onError);
  try {
    await migrateUnderLock(pool, migrationsDirectory);
  } catch (error) {
    await pool.end();
    throw new AppError(
      "internal",
      `Could not open the database named by DATABASE_URL: ${messageOf(error)}. Check the address and that the server runs.`,
      { cause: error },
    );
  }
  return {
    // NodePgDatabase is a PgDatabase with its own result type; queries through the common type return the same rows.
    db: drizzle({ client: pool }) as unknown as Database,
    driver: { kind: "postgres", url },
    listen: (channel, onPayload, onReconnect) =>
      listenOnPostgres(url, channel, onPayload, onReconnect, onError),
    close: () => pool.end(),
  };
}

async function migrateUnderLock(pool: pg.Pool, migrationsDirectory: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    try {
      await migrate(drizzle({ client }), { migrationsFolder: migrationsDirectory });
    } finally {
      await client.query("select pg_advisory_unlock($1)", [migrationLock]);
    }
  } finally {
    client.release();
  }
}
