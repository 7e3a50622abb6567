import type { PGlite } from "@electric-sql/pglite";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** Both drivers as one type: PGlite in this process, or PostgreSQL over a pool. */
export type Database = PgDatabase<PgQueryResultHKT>;

export type Unsubscribe = () => Promise<void>;

/** An open database with what the queue and the live events need beyond queries. */
export type DatabaseHandle = {
  db: Database;
  /** What the queue library connects through: the same PGlite, or its own pool on the same server. */
  driver: { kind: "pglite"; pglite: PGlite } | { kind: "postgres"; url: string };
  /** Calls back on each NOTIFY of the channel; `onReconnect` after a gap in which some may have been missed. */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<Unsubscribe>;
  close(): Promise<void>;
};
