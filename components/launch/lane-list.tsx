"use client";

import { CircleX, Plus } from "lucide-react";
import { formatNumber } from "#components/format.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { launchLimits } from "#lib/domain/launch-limits.ts";
import { LaneCard } from "./lane-card.tsx";
import type { LaneDraft, LaunchDraftAction, LaunchSettings } from "./launch-draft.ts";
import type { ShownProblems } from "./use-shown-problems.ts";

type LaneListProps = {
  lanes: readonly LaneDraft[];
  settings: LaunchSettings;
  problems: ShownProblems;
  edit: (action: LaunchDraftAction) => void;
};

/** All lanes, one card each. */
export function LaneList({ lanes, settings, problems, edit }: LaneListProps) {
  const canAdd = lanes.length < launchLimits.lanesPerSet;
  const error = problems.messageAt("lanes");
  return (
    <section aria-label="Lanes" data-field="lanes" className="flex min-w-0 flex-col gap-3">
      {settings.configuredProviders.length === 0 && (
        <Notice kind="warning" title="No provider has a key">
          Set a key, or let the sandbox stand in. <TextLink href="/providers">See how keys are set</TextLink>
        </Notice>
      )}
      {lanes.map((lane, index) => (
        <LaneCard
          key={lane.key}
          index={index}
          lane={lane}
          settings={settings}
          problems={problems}
          canCopy={canAdd}
          edit={edit}
        />
      ))}
      {lanes.length === 0 && (
        <p className="rounded border border-dashed border-line px-4 py-8 text-center text-muted">
          There is no lane. A lane is a provider and a model with a number of jobs.
        </p>
      )}
      {error && (
        <p role="alert" className="flex items-start gap-1.5 text-small text-failed">
          <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      <div>
        <Button isDisabled={!canAdd} onClick={() => edit({ type: "addLane", settings })}>
          <Plus aria-hidden />
          Add lane
        </Button>
        {!canAdd && (
          <span className="ml-3 text-small text-muted">
            A job set has at most {formatNumber(launchLimits.lanesPerSet)} lanes.
          </span>
        )}
      </div>
    </section>
  );
}
