import type { ProviderId } from "#lib/domain/provider-id.ts";
import type { ProviderSettings } from "./settings.ts";

const probeTimeoutMs = 1_000;
const loopbackHosts = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Tells whether a provider's base URL leads to a sandbox, so that its jobs are labelled. Only an address on this
 * machine is asked (`/__sandbox/health`); a definite answer is remembered, silence counts as "not a sandbox".
 */
export function createSimulationCheck(
  settings: Partial<Record<ProviderId, ProviderSettings>>,
): (provider: ProviderId) => Promise<boolean> {
  const known = new Map<string, boolean>();
  return async (provider) => {
    const baseUrl = settings[provider]?.baseUrl;
    if (!baseUrl) return false;
    const { origin, hostname } = new URL(baseUrl);
    if (!loopbackHosts.has(hostname)) return false;
    const remembered = known.get(origin);
    if (remembered !== undefined) return remembered;
    const answer = await probe(origin);
    if (answer !== null) known.set(origin, answer);
    return answer ?? false;
  };
}

async function probe(origin: string): Promise<boolean | null> {
  try {
    const response = await fetch(`${origin}/__sandbox/health`, {
      signal: AbortSignal.timeout(probeTimeoutMs),
    });
    return response.ok;
  } catch {
    // Nothing answers there: whether it is a sandbox is not known yet.
    return null;
  }
}
