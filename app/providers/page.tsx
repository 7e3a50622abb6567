import { HardDrive, History } from "lucide-react";
import type { Metadata } from "next";
import { AccountFilesPanel } from "#components/providers/account-files-panel.tsx";
import { HowToSetKeys } from "#components/providers/how-to-set-keys.tsx";
import { ModelsPanel } from "#components/providers/models-panel.tsx";
import { ProviderHealthPanel } from "#components/providers/provider-health-panel.tsx";
import { ProviderTable, type ProviderState } from "#components/providers/provider-table.tsx";
import { SandboxNotice } from "#components/providers/sandbox-notice.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
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
  const configured = context.providers.configured();
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
        <SandboxNotice
          usesSandbox={config.usesEmbeddedSandbox}
          scenario={config.sandboxScenario}
          keyCount={keyCount}
        />
        <ProviderHealthPanel initial={health} />
        <ModelsPanel providers={configured} />
        <AccountFilesPanel providers={configured} />
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
