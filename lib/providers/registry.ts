import type { CallStats } from "#lib/domain/call-stats.ts";
import { ProviderError } from "#lib/domain/errors.ts";
import {
  providerIds,
  providerKeyVariables,
  providerLabels,
  type ProviderId,
} from "#lib/domain/provider-id.ts";
import { AccountCalls } from "./account-calls.ts";
import { createAnthropicProvider } from "./anthropic/provider.ts";
import { createGoogleProvider } from "./google/provider.ts";
import { createOpenAiProvider } from "./openai/provider.ts";
import type { BatchProvider } from "./provider.ts";
import type { ProviderSettings } from "./settings.ts";

/** Every adapter by its provider. A new provider is one line here. */
const createProvider: Record<ProviderId, (settings: ProviderSettings) => BatchProvider> = {
  openai: createOpenAiProvider,
  google: createGoogleProvider,
  anthropic: createAnthropicProvider,
};

/** The providers that have a key, by id and by account. */
export type ProviderRegistry = {
  /** Throws `ProviderError` of kind `not_configured` when the provider has no key. */
  get(id: ProviderId): BatchProvider;
  configured(): ProviderId[];
  /**
   * The provider, provided that its key is the one that `account` stands for: a job can be read with the account that
   * submitted it only. Throws `ProviderError` of kind `not_configured` otherwise.
   */
  forAccount(id: ProviderId, account: string): BatchProvider;
  /** What has been seen of a configured provider since the start; null for one without a key. */
  callStats(id: ProviderId): CallStats | null;
};

/** Builds each configured adapter once, on first use. */
export function createProviderRegistry(
  settings: Partial<Record<ProviderId, ProviderSettings>>,
): ProviderRegistry {
  const built = new Map<ProviderId, BatchProvider>();
  const calls = new Map<ProviderId, AccountCalls>();
  for (const id of providerIds) {
    const own = settings[id];
    if (own) calls.set(id, new AccountCalls(id, own));
  }

  function get(id: ProviderId): BatchProvider {
    const existing = built.get(id);
    if (existing) return existing;
    const own = settings[id];
    if (!own) throw notConfigured(id);
    const provider = createProvider[id]({ ...own, observer: calls.get(id) });
    built.set(id, provider);
    return provider;
  }

  return {
    get,
    configured: () => providerIds.filter((id) => settings[id] !== undefined),
    forAccount(id, account) {
      const provider = get(id);
      if (provider.account !== account) throw otherAccount(id, account);
      return provider;
    },
    callStats: (id) => calls.get(id)?.read() ?? null,
  };
}

function notConfigured(id: ProviderId): ProviderError {
  return new ProviderError(
    `No key for ${providerLabels[id]} is set. Put ${providerKeyVariables[id]} into .env and restart, or unset all keys to use the sandbox.`,
    { provider: id, kind: "not_configured", isRetryable: false },
  );
}

function otherAccount(id: ProviderId, account: string): ProviderError {
  return new ProviderError(
    `This job belongs to another ${providerLabels[id]} account (${account}). Put the key that submitted it into ${providerKeyVariables[id]} and restart.`,
    { provider: id, kind: "not_configured", isRetryable: false },
  );
}
