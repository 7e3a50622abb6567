import type { Metadata } from "next";
import { LaunchForm } from "#components/launch/launch-form.tsx";
import type { LaunchSettings } from "#components/launch/launch-draft.ts";
import { meanLengthOf } from "#components/launch/launch-totals.ts";
import { RecipesButton } from "#components/launch/recipes-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { Config } from "#lib/config.ts";
import { getJobSetStart, getRecipeStart } from "#lib/db/queries/get-starting-point.ts";
import { providerIds, type ProviderId } from "#lib/domain/provider-id.ts";
import { builtInPrompt, builtInPromptCount } from "#lib/prompts/built-in.ts";
import { getContext } from "#lib/server-context.ts";

export const metadata: Metadata = { title: "Launch" };

type LaunchPageProps = { searchParams: Promise<{ set?: string | string[]; recipe?: string | string[] }> };

export default async function LaunchPage({ searchParams }: LaunchPageProps) {
  const { config, db } = await getContext();
  const { set, recipe } = await searchParams;
  const start =
    typeof recipe === "string"
      ? await getRecipeStart(db, recipe)
      : typeof set === "string"
        ? await getJobSetStart(db, set)
        : null;
  return (
    <>
      <PageHeader
        title="Launch"
        state="A job set sends the same kind of work to several providers at once, so that they can be compared."
        actions={<RecipesButton />}
      />
      <LaunchForm settings={launchSettingsOf(config)} start={start} />
    </>
  );
}

/** What the form may know of the configuration: names and numbers, never a key. */
function launchSettingsOf(config: Config): LaunchSettings {
  return {
    configuredProviders: configuredProvidersOf(config),
    defaultModels: config.defaultModels,
    maxOutputTokens: config.maxOutputTokens,
    usesSandbox: config.usesEmbeddedSandbox,
    builtInPrompts: {
      count: builtInPromptCount,
      preview: [0, 1, 2].map(builtInPrompt),
      meanLength: meanLengthOf(builtInSample()),
    },
  };
}

function configuredProvidersOf(config: Config): ProviderId[] {
  if (config.usesEmbeddedSandbox) return [...providerIds];
  return providerIds.filter((id) => config.credentials[id] !== undefined);
}

/** Enough prompts, spread over the set, for a mean length to estimate tokens by. */
function builtInSample(): string[] {
  const size = 200;
  const stride = Math.floor(builtInPromptCount / size);
  return Array.from({ length: size }, (_, index) => builtInPrompt(index * stride));
}
