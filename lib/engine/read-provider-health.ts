import type { AppContext } from "#lib/context.ts";
import { listAccountStates } from "#lib/db/queries/list-account-states.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import type { ProviderHealth } from "#lib/domain/provider-health.ts";

/** How every provider answers at present, by the accounts that are in use. Asks no provider. */
export async function readProviderHealth({
  db,
  providers,
}: Pick<AppContext, "db" | "providers">): Promise<ProviderHealth[]> {
  const states = await listAccountStates(db);
  return providerIds.map((provider) => {
    const calls = providers.callStats(provider);
    const state = states.find((row) => row.provider === provider && row.account === calls?.account) ?? null;
    return { provider, state, calls };
  });
}
