import { ChevronRight, CircleX } from "lucide-react";
import { parameterLabels, parameterWords } from "#components/parameter-words.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { laneParametersSchema, offeredParameters, type LaneParameters } from "#lib/domain/lane-parameters.ts";
import type { ProviderId } from "#lib/domain/provider-id.ts";
import { offeredFields, typedParameters, type ParameterDraft } from "./parameter-draft.ts";
import type { ShownProblems } from "./use-shown-problems.ts";

type LaneParametersProps = {
  /** Dotted path of the lane's parameters. */
  path: string;
  provider: ProviderId;
  draft: ParameterDraft;
  problems: ShownProblems;
  onChange: (draft: ParameterDraft) => void;
};

type Fields = readonly (keyof LaneParameters)[];

/** What goes into each request beside its prompt: closed at first, with what is set in its heading. */
export function LaneParametersPanel({ path, provider, draft, problems, onChange }: LaneParametersProps) {
  const offered = offeredFields(provider);
  const hasProblem = offered.some((field) => problems.messageAt(`${path}.${field}`) !== null);
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
    <details className="group border-t border-line">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-1.5 px-3 text-small [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted group-open:rotate-90" />
        <span className="font-medium">Parameters</span>
        <span className="min-w-0 truncate text-muted">{describe(draft, provider)}</span>
        {hasProblem && (
          <span className="flex shrink-0 items-center gap-1 text-failed">
            <CircleX aria-hidden className="size-3.5" />
            problem
          </span>
        )}
      </summary>
      <div className="flex flex-col gap-3 px-3 pb-3">
        {at(["systemPrompt"])}
        <div className="grid grid-cols-2 items-start gap-3">
          {at(["temperature", "topP", "reasoningEffort", "thinkingBudgetTokens"])}
        </div>
        {at(["stopSequences", "extra"])}
      </div>
    </details>
  );
}

function describe(draft: ParameterDraft, provider: ProviderId): string {
  const typed = typedParameters(draft, provider);
  if (Object.keys(typed).length === 0) return "the provider's own";
  const parsed = laneParametersSchema.safeParse(typed);
  return parsed.success ? parameterWords(parsed.data).join(", ") : Object.keys(typed).length + " set";
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
