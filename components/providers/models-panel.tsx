"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { FilterToggle } from "../ui/filter-toggle.tsx";
import { Panel } from "../ui/panel.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const ModelList = dynamic(() => import("./model-list.tsx").then((module) => module.ModelList), {
  loading: () => <Skeleton className="m-4 h-24" />,
});

/** The models of one account at a time, asked for on a press only. */
export function ModelsPanel({ providers }: { providers: readonly ProviderId[] }) {
  const [shown, setShown] = useState<ProviderId | null>(null);
  if (providers.length === 0) return null;
  return (
    <Panel title="Models" id="models" hasPadding={false}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
        <div role="group" aria-label="Models of" className="flex flex-wrap gap-1.5">
          {providers.map((provider) => (
            <FilterToggle
              key={provider}
              isOn={provider === shown}
              onToggle={() => setShown(provider === shown ? null : provider)}
            >
              {providerLabels[provider]}
            </FilterToggle>
          ))}
        </div>
        {shown === null && (
          <p className="text-muted">Choose a provider to see the models that its account can use.</p>
        )}
      </div>
      {shown !== null && <ModelList key={shown} provider={shown} />}
    </Panel>
  );
}
