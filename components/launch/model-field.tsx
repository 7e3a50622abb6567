"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { ChevronsUpDown, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { controlStyle } from "#components/ui/control-style.ts";
import { Field } from "#components/ui/field.tsx";
import { popupItemStyle, popupStyle } from "#components/ui/popup-style.ts";
import type { ModelInfo } from "#lib/domain/model.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { adviseModel, modelRemark, orderModels } from "./model-advice.ts";
import { useModels } from "./use-models.ts";

type ModelFieldProps = {
  name: string;
  provider: ProviderId;
  isConfigured: boolean;
  value: string;
  error: string | null;
  onValueChange: (model: string) => void;
  onBlur: () => void;
};

/** A model of the account's own list, or any name typed; says when the choice is retired, ending or unknown. */
export function ModelField({
  name,
  provider,
  isConfigured,
  value,
  error,
  onValueChange,
  onBlur,
}: ModelFieldProps) {
  const models = useModels(provider, isConfigured);
  const advice = models.data ? adviseModel(provider, value, models.data) : null;
  return (
    <Field label="Model" name={name} error={error} hint={describeList(models, isConfigured)}>
      <ModelInput
        provider={provider}
        models={models.data ?? []}
        value={value}
        onValueChange={onValueChange}
        onBlur={onBlur}
      />
      {advice && (
        <div className="flex items-start gap-1.5 text-small text-partial">
          <TriangleAlert aria-hidden className="mt-1.5 size-3.5 shrink-0" />
          <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            <p className="py-1">{advice.message}</p>
            {advice.suggestion && (
              <Button size="small" onClick={() => onValueChange(advice.suggestion ?? value)}>
                Use {advice.suggestion}
              </Button>
            )}
          </div>
        </div>
      )}
    </Field>
  );
}

function describeList(models: ReturnType<typeof useModels>, isConfigured: boolean): string | null {
  if (!isConfigured) return "Type a model name; the list needs a key.";
  if (models.isPending) return "Reading the account's models…";
  if (models.isError)
    return `The account's models are not known: ${models.error.message} You can type a name.`;
  if (models.data.length === 0) return "The account lists no models. Type a name.";
  return null;
}

function ModelInput({
  provider,
  models,
  value,
  onValueChange,
  onBlur,
}: Pick<ModelFieldProps, "provider" | "value" | "onValueChange" | "onBlur"> & { models: ModelInfo[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const [isFiltering, setIsFiltering] = useState(false);
  const ordered = orderModels(models);
  const typed = value.trim().toLowerCase();
  const shown = isFiltering ? ordered.filter((model) => model.id.toLowerCase().includes(typed)) : ordered;
  return (
    <Autocomplete.Root
      items={ordered}
      filteredItems={shown}
      itemToStringValue={(model: ModelInfo) => model.id}
      value={value}
      open={isOpen && shown.length > 0}
      openOnInputClick
      onValueChange={(next, { reason }) => {
        setIsFiltering(reason === "input-change");
        onValueChange(next);
      }}
      onOpenChange={(next) => {
        setIsOpen(next);
        if (!next) setIsFiltering(false);
      }}
    >
      <Autocomplete.InputGroup className="relative">
        <Autocomplete.Input
          className={classNames(controlStyle, "h-8 pr-8 font-mono text-small")}
          spellCheck={false}
          autoComplete="off"
          onBlur={onBlur}
        />
        <ChevronsUpDown
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-muted"
        />
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={4} className="z-50 outline-none">
          <Autocomplete.Popup className={classNames(popupStyle, "w-(--anchor-width) min-w-72 p-1")}>
            <Autocomplete.List className="max-h-72 overflow-y-auto">
              {(model: ModelInfo) => <ModelItem key={model.id} provider={provider} model={model} />}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}

function ModelItem({ provider, model }: { provider: ProviderId; model: ModelInfo }) {
  const remark = modelRemark(provider, model);
  return (
    <Autocomplete.Item value={model} className={classNames(popupItemStyle, "justify-between")}>
      <span
        className={classNames("min-w-0 truncate font-mono text-small", model.isRetired && "line-through")}
      >
        {model.id}
      </span>
      {remark && (
        <span className={classNames("shrink-0 text-small", model.isRetired ? "text-partial" : "text-muted")}>
          {remark}
        </span>
      )}
    </Autocomplete.Item>
  );
}
