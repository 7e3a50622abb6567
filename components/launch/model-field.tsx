"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
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
    <Field
      label="Model"
      name={name}
      error={error}
      hint={describeList(models, isConfigured)}
      className="col-span-2"
    >
      <Combobox
        options={orderModels(models.data ?? [])}
        textOf={(model) => model.id}
        value={value}
        onValueChange={onValueChange}
        onBlur={onBlur}
      >
        {(model) => <ModelOption provider={provider} model={model} />}
      </Combobox>
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

function ModelOption({ provider, model }: { provider: ProviderId; model: ModelInfo }) {
  const remark = modelRemark(provider, model);
  return (
    <>
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
    </>
  );
}
