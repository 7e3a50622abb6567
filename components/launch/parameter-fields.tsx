"use client";

import { parameterLabels } from "#components/parameter-words.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { LaneParameters } from "#lib/domain/lane-parameters.ts";
import { offeredParameters } from "#lib/domain/offered-parameters.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { offeredFields, type ParameterDraft } from "./parameter-draft.ts";
import type { ShownProblems } from "./use-shown-problems.ts";

export type LaneParametersProps = {
  /** Dotted path of the lane's parameters. */
  path: string;
  provider: ProviderId;
  draft: ParameterDraft;
  problems: ShownProblems;
  onChange: (draft: ParameterDraft) => void;
};

type Fields = readonly (keyof LaneParameters)[];

/** The fields of the parameters that a lane of this provider has. */
export function ParameterFields({ path, provider, draft, problems, onChange }: LaneParametersProps) {
  const offered = offeredFields(provider);
  const at = (fields: Fields) =>
    fields
      .filter((field) => offered.includes(field))
      .map((field) => (
        <ParameterField
          key={field}
          field={field}
          path={path}
          provider={provider}
          draft={draft}
          problems={problems}
          onChange={onChange}
        />
      ));
  return (
    <div className="flex flex-col gap-3 px-3 pb-3">
      {at(["systemPrompt"])}
      <div className="grid grid-cols-2 items-start gap-3">
        {at(["temperature", "topP", "reasoningEffort", "thinkingBudgetTokens"])}
      </div>
      {at(["stopSequences", "extra"])}
    </div>
  );
}

function hintOf(field: keyof LaneParameters, provider: ProviderId): string | null {
  const { stopSequences, thinkingBudget } = offeredParameters[provider];
  const hints: Partial<Record<keyof LaneParameters, string>> = {
    temperature: "From 0 to 2.",
    topP: "From 0 to 1.",
    stopSequences: `One a line, at most ${stopSequences}; \\n stands for a line break.`,
    thinkingBudgetTokens: thinkingBudget ? `${capitalised(thinkingBudget.meaning)}.` : undefined,
    extra: "An object with further fields of a request, as the provider spells them.",
  };
  return hints[field] ?? null;
}

const capitalised = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

const examples: Record<ProviderId, string> = {
  openai: '{"seed": 7, "verbosity": "low"}',
  google: '{"generationConfig": {"seed": 7}}',
  anthropic: '{"metadata": {"user_id": "benchmark"}}',
};

type ParameterFieldProps = LaneParametersProps & { field: keyof LaneParameters };

function ParameterField({ field, path, provider, draft, problems, onChange }: ParameterFieldProps) {
  const name = `${path}.${field}`;
  const shared = {
    value: draft[field],
    onValueChange: (value: string) => onChange({ ...draft, [field]: value }),
    onBlur: () => problems.touch(name),
  };
  return (
    <Field
      label={parameterLabels[field]}
      name={name}
      error={problems.messageAt(name)}
      hint={hintOf(field, provider)}
    >
      {field === "reasoningEffort" ? (
        <Select
          value={draft.reasoningEffort}
          onValueChange={shared.onValueChange}
          options={["", ...offeredParameters[provider].reasoningEfforts].map((value) => ({
            value,
            label: value || "The model's own",
          }))}
        />
      ) : field === "systemPrompt" || field === "stopSequences" || field === "extra" ? (
        <Textarea
          {...shared}
          rows={2}
          spellCheck={field === "systemPrompt"}
          isCode={field !== "systemPrompt"}
          placeholder={field === "extra" ? examples[provider] : undefined}
        />
      ) : (
        <Input {...shared} inputMode="decimal" autoComplete="off" placeholder="The model's own" />
      )}
    </Field>
  );
}
