import type { AppContext } from "#lib/context.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { noteAccountFailure, noteAccountSuccess, readAccount } from "./account-health.ts";
import { hastenPoll } from "./schedule-poll.ts";

/**
 * Asks a provider for its models, which costs nothing, and notes the outcome: an account that answers is used again at
 * once. Rejects with `ProviderError`.
 */
export async function checkConnection(
  context: AppContext,
  provider: ProviderId,
): Promise<{ modelCount: number }> {
  const adapter = context.providers.get(provider);
  const target = { provider, account: adapter.account };
  try {
    const models = await adapter.models();
    await noteAccountSuccess(context, target, await readAccount(context, target));
    await hastenPoll(context, { id: provider, account: adapter.account });
    return { modelCount: models.length };
  } catch (error) {
    if (error instanceof ProviderError) await noteAccountFailure(context, target, error);
    throw error;
  }
}
