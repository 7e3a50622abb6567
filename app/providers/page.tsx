import { HardDrive, History } from "lucide-react";
import type { Metadata } from "next";
import { HowToSetKeys } from "#components/providers/how-to-set-keys.tsx";
import { ProviderHealthPanel } from "#components/providers/provider-health-panel.tsx";
import { ProviderTable, type ProviderState } from "#components/providers/provider-table.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Config } from "#lib/config.ts";
import { formatQuantity } from "#components/format.ts";
import { providerIds } from "#lib/domain/provider-id.ts";
import { readProviderHealth } from "#lib/engine/read-provider-health.ts";
import { getContext } from "#lib/server-context.ts";

export const metadata: Metadata = { title: "Providers" };

export default async function ProvidersPage() {
  const context = await getContext();
  const { config } = context;
  const health = await readProviderHealth(context);
  const states = providerIds.map((id) => stateOf(config, id));
  const keyCount = states.filter((state) => state.isKeySet).length;
  return (
    <>
      <PageHeader
        title="Providers"
        state={describeKeys(config, keyCount)}
        actions={
          <>
            <LinkButton href="/storage">
              <HardDrive aria-hidden />
              Storage
            </LinkButton>
            <LinkButton href="/providers/recent-jobs">
              <History aria-hidden />
              Recent jobs of the account
            </LinkButton>
          </>
        }
      />
      <div className="flex flex-col gap-4">
        <SandboxNotice config={config} keyCount={keyCount} />
        <ProviderHealthPanel initial={health} />
        <ProviderTable states={states} usesSandbox={config.usesEmbeddedSandbox} />
        <HowToSetKeys />
      </div>
    </>
  );
}

/** Whether a key is set and where calls go; the key itself never leaves the configuration. */
function stateOf(config: Config, provider: (typeof providerIds)[number]): ProviderState {
  const credential = config.credentials[provider];
  return {
    provider,
    isKeySet: credential !== undefined,
    baseUrlHost: credential?.baseUrl ? new URL(credential.baseUrl).host : null,
    defaultModel: config.defaultModels[provider],
  };
}

function describeKeys(config: Config, keyCount: number): string {
  const keys = keyCount === 0 ? "No key is set" : `${formatQuantity(keyCount, "key")} of 3 set`;
  return config.usesEmbeddedSandbox ? `${keys}; the sandbox stands in for all providers.` : `${keys}.`;
}

function SandboxNotice({ config, keyCount }: { config: Config; keyCount: number }) {
  if (config.usesEmbeddedSandbox) {
    return (
      <Notice title={`The sandbox is on, scenario “${config.sandboxScenario}”`}>
        {keyCount === 0
          ? "Providers are simulated because no key is set. Nothing is sent anywhere and no money is spent."
          : "Providers are simulated because BATCHMARK_SANDBOX is 1, although keys are set. No money is spent."}
      </Notice>
    );
  }
  if (keyCount === 0) {
    return (
      <Notice kind="warning" title="The sandbox is off and no key is set">
        Nothing can be launched. Set a key as described below, or remove BATCHMARK_SANDBOX=0.
      </Notice>
    );
  }
  return <Notice title="The sandbox is off">Jobs go to the real providers, who charge for them.</Notice>;
}
