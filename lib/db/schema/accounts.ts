import { integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { AccountTrouble } from "#lib/domain/account-state.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** How each account answers at the moment. An account without a row has never been in trouble. */
export const accounts = pgTable(
  "accounts",
  {
    provider: text("provider").$type<ProviderId>().notNull(),
    account: text("account").notNull(),
    /** Null while it answers. */
    trouble: text("trouble").$type<AccountTrouble>(),
    /** Failures in a row; decides the back-off. */
    failureCount: integer("failure_count").notNull().default(0),
    /** No call is made before this. */
    pausedUntil: moment("paused_until"),
    /** Kept after the trouble is over, with its time. */
    lastError: text("last_error"),
    lastErrorAt: moment("last_error_at"),
    troubleSince: moment("trouble_since"),
    recoveredAt: moment("recovered_at"),
  },
  (table) => [primaryKey({ columns: [table.provider, table.account] })],
);

export type AccountRow = typeof accounts.$inferSelect;
