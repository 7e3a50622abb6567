"use client";

import { TriangleAlert } from "lucide-react";
import { adviseModel } from "./model-advice.ts";
import type { LaneDraft } from "./launch-draft.ts";
import { useModels } from "./use-models.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";

type ModelWarningsProps = {
  lanes: readonly LaneDraft[];
  configuredProviders: readonly ProviderId[];
};

/** What the account's lists say against the chosen models. It stands in the way of nothing. */
export function ModelWarnings({ lanes, configuredProviders }: ModelWarningsProps) {
  return lanes.map((lane, index) => (
    <ModelWarning
      key={lane.key}
      lane={lane}
      number={index + 1}
      isConfigured={configuredProviders.includes(lane.provider)}
    />
  ));
}

type ModelWarningProps = { lane: LaneDraft; number: number; isConfigured: boolean };

function ModelWarning({ lane, number, isConfigured }: ModelWarningProps) {
  const models = useModels(lane.provider, isConfigured);
  const advice = models.data ? adviseModel(lane.provider, lane.model, models.data) : null;
  if (!advice?.isSerious) return null;
  return (
    <p className="flex items-start gap-1.5 text-small text-partial">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>
        <span className="font-medium">Lane {number}:</span> {advice.message}
      </span>
    </p>
  );
}
