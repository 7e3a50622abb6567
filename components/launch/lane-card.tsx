"use client";

import { Copy, Trash2 } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { taskLabels } from "#lib/domain/job-values.ts";
import { providerIds, providerLabels, type ProviderId } from "#lib/domain/provider-id.ts";
import { LaneParametersPanel } from "./lane-parameters.tsx";
import type { LaneDraft, LaunchDraftAction, LaunchSettings } from "./launch-draft.ts";
import { ModelField } from "./model-field.tsx";
import type { ShownProblems } from "./use-shown-problems.ts";

type LaneCardProps = {
  index: number;
  lane: LaneDraft;
  settings: LaunchSettings;
  problems: ShownProblems;
  canCopy: boolean;
  edit: (action: LaunchDraftAction) => void;
};

const numberFields = [
  { key: "jobCount", label: "Jobs" },
  { key: "requestsPerJob", label: "Requests per job" },
  { key: "maxOutputTokens", label: "Max output tokens" },
] as const;

/** One lane: provider, model, sizes and parameters. */
export function LaneCard({ index, lane, settings, problems, canCopy, edit }: LaneCardProps) {
  const title = `Lane ${index + 1}`;
  const path = (field: string) => `lanes.${index}.${field}`;
  const change = (fields: Partial<Omit<LaneDraft, "key">>) => edit({ type: "lane", index, change: fields });
  return (
    <section
      aria-label={title}
      className="rounded border border-line bg-panel"
      style={{ borderLeft: `3px solid var(--provider-${lane.provider})` }}
    >
      <div className="flex min-h-10 items-center justify-between gap-2 border-b border-line pr-2 pl-3">
        <h2 className="font-semibold">
          {title}{" "}
          <span className="font-normal text-muted">
            {providerLabels[lane.provider]}, {taskLabels[lane.task].toLowerCase()}
          </span>
        </h2>
        <div className="flex">
          {canCopy && (
            <Button
              variant="ghost"
              size="small"
              isIcon
              aria-label={`Copy ${title.toLowerCase()}`}
              title="Copy lane"
              onClick={() => edit({ type: "copyLane", index })}
            >
              <Copy aria-hidden />
            </Button>
          )}
          <Button
            variant="ghost"
            size="small"
            isIcon
            aria-label={`Remove ${title.toLowerCase()}`}
            title="Remove lane"
            onClick={() => edit({ type: "removeLane", index })}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
      </div>
      <div className="grid grid-cols-2 items-start gap-3 p-3 sm:grid-cols-3">
        <Field
          label="Provider"
          name={path("provider")}
          error={problems.messageAt(path("provider"))}
          className="col-span-2 sm:col-span-1"
        >
          <Select<ProviderId>
            value={lane.provider}
            options={providerIds.map((id) => ({
              value: id,
              label: settings.configuredProviders.includes(id)
                ? providerLabels[id]
                : `${providerLabels[id]} (no key set)`,
            }))}
            onValueChange={(provider) => change({ provider, model: settings.defaultModels[provider] })}
          />
        </Field>
        <ModelField
          name={path("model")}
          provider={lane.provider}
          isConfigured={settings.configuredProviders.includes(lane.provider)}
          value={lane.model}
          error={problems.messageAt(path("model"))}
          onValueChange={(model) => change({ model })}
          onBlur={() => problems.touch(path("model"))}
        />
        {numberFields.map(({ key, label }) => (
          <Field key={key} label={label} name={path(key)} error={problems.messageAt(path(key))}>
            <Input
              inputMode="numeric"
              autoComplete="off"
              value={lane[key]}
              onValueChange={(value) => change({ [key]: value })}
              onBlur={() => problems.touch(path(key))}
            />
          </Field>
        ))}
      </div>
      <LaneParametersPanel
        path={path("parameters")}
        provider={lane.provider}
        draft={lane.parameters}
        problems={problems}
        onChange={(parameters) => change({ parameters })}
      />
    </section>
  );
}
