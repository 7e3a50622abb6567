import { and, eq, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { AppContext } from "#lib/context.ts";
import { accounts, type AccountRow } from "#lib/db/schema/accounts.ts";
import type { AccountTrouble } from "#lib/domain/account-state.ts";
import type { ProviderError, ProviderErrorKind } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { after, backOffSeconds } from "./back-off.ts";

export type Account = { provider: ProviderId; account: string };

/** Single failures of this kind come and go; so many in a row mean that the provider is down. */
const failuresBeforePause = 3;

const troubleByKind: Partial<Record<ProviderErrorKind, AccountTrouble>> = {
  authentication: "key_refused",
  not_configured: "key_refused",
  rate_limit: "rate_limited",
  quota: "quota_used_up",
  unreachable: "unreachable",
  server: "failing",
};

/** What an error says about the whole account; null when it is about one job only. */
export function accountTroubleOf(error: ProviderError): AccountTrouble | null {
  return troubleByKind[error.kind] ?? null;
}

/** Null for an account that has never been in trouble. */
export async function readAccount(context: AppContext, target: Account): Promise<AccountRow | null> {
  const [row] = await context.db
    .select()
    .from(accounts)
    .where(and(eq(accounts.provider, target.provider), eq(accounts.account, target.account)));
  return row ?? null;
}

/** Seconds for which the account is to be left alone; 0 when it may be called. */
export function pauseSeconds(context: AppContext, account: Pick<AccountRow, "pausedUntil"> | null): number {
  if (!account?.pausedUntil) return 0;
  return Math.max(0, (account.pausedUntil.getTime() - context.clock.now().getTime()) / 1000);
}

/**
 * Notes that the account failed as a whole and pauses it where calling on would help nobody: at once for limits and
 * refused keys, after some failures in a row for the rest. Calls that fail side by side count as one. `hasAnswered`:
 * another call came through just before.
 */
export async function noteAccountFailure(
  context: AppContext,
  { provider, account }: Account,
  error: ProviderError,
  { hasAnswered = false }: { hasAnswered?: boolean } = {},
): Promise<void> {
  const target = { provider, account };
  const trouble = accountTroubleOf(error);
  if (trouble === null || (hasAnswered && isPassing(trouble))) return;
  const known = await readAccount(context, target);
  if (known && pauseSeconds(context, known) > 0) return;
  const now = context.clock.now();
  const failureCount = (hasAnswered ? 0 : (known?.failureCount ?? 0)) + 1;
  const pausedUntil = after(now, accountPauseSeconds(trouble, failureCount, error.retryAfterSeconds));
  const change = {
    trouble,
    failureCount,
    pausedUntil: pausedUntil > now ? pausedUntil : null,
    lastError: error.message,
    lastErrorAt: now,
    troubleSince: known?.trouble ? known.troubleSince : now,
  };
  await context.db
    .insert(accounts)
    .values({ ...target, ...change })
    .onConflictDoUpdate({
      target: [accounts.provider, accounts.account],
      set: change,
      setWhere: or(isNull(accounts.pausedUntil), lte(accounts.pausedUntil, now)),
    });
  context.log.warn({ ...target, trouble, failureCount }, "provider in trouble");
}

/** Comes and goes by itself, and is no outage while other calls come through. */
function isPassing(trouble: AccountTrouble): boolean {
  return trouble === "failing" || trouble === "unreachable";
}

function accountPauseSeconds(
  trouble: AccountTrouble,
  failureCount: number,
  retryAfterSeconds: number | null,
): number {
  if (isPassing(trouble) && failureCount < failuresBeforePause && retryAfterSeconds === null) return 0;
  const baseSeconds = trouble === "key_refused" || trouble === "quota_used_up" ? 30 : 2;
  const attempts = isPassing(trouble) ? failureCount - failuresBeforePause + 1 : failureCount;
  return backOffSeconds(attempts, { baseSeconds, limitSeconds: 300, retryAfterSeconds });
}

/** Notes that the account answered. Costs nothing unless it was in trouble. */
export async function noteAccountSuccess(
  context: AppContext,
  target: Account,
  known: Pick<AccountRow, "trouble"> | null,
): Promise<void> {
  if (!known?.trouble) return;
  await context.db
    .update(accounts)
    .set({ trouble: null, failureCount: 0, pausedUntil: null, recoveredAt: context.clock.now() })
    .where(and(isAccount(target), isNotNull(accounts.trouble)));
}

/** Ends a pause early, because somebody asked to look now. */
export async function endPause(context: AppContext, target: Account): Promise<void> {
  await context.db.update(accounts).set({ pausedUntil: null }).where(isAccount(target));
}

function isAccount(target: Account) {
  return and(eq(accounts.provider, target.provider), eq(accounts.account, target.account)) ?? sql`false`;
}
