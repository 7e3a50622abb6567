import { asc } from "drizzle-orm";
import type { Database } from "#lib/db/client.ts";
import { accounts } from "#lib/db/schema/accounts.ts";
import type { AccountState } from "#lib/domain/account-state.ts";

/** Every account that was ever in trouble, with its present state. Accounts are as few as keys. */
export async function listAccountStates(db: Database): Promise<AccountState[]> {
  return db.select().from(accounts).orderBy(asc(accounts.provider), asc(accounts.account));
}
