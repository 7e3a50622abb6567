"use client";

import { Plus } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { templateVariables } from "#lib/prompts/fill-template.ts";

type PromptTemplateFieldProps = {
  template: string;
  /** The names that can stand in braces. */
  variables: readonly string[];
  onTemplate: (template: string) => void;
};

const shownVariables = 12;

/** A text around each prompt, with buttons that put a variable at its end. */
export function PromptTemplateField({ template, variables, onTemplate }: PromptTemplateFieldProps) {
  const usable = variables.filter((name) => templateVariables(`{${name}}`)[0] === name);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Template, optional"
        name="template"
        hint="One prompt a line or row, with the names in braces replaced. Write {{ and }} for a brace."
      >
        <Textarea
          rows={2}
          value={template}
          placeholder={`Answer in one sentence: {${usable[0] ?? "prompt"}}`}
          onValueChange={onTemplate}
        />
      </Field>
      <div role="group" aria-label="Add a variable" className="flex flex-wrap gap-1.5">
        {usable.slice(0, shownVariables).map((name) => (
          <Button
            key={name}
            size="small"
            variant="secondary"
            aria-label={`Add {${name}} to the template`}
            onClick={() => onTemplate(`${template}{${name}}`)}
          >
            <Plus aria-hidden />
            <span className="max-w-40 truncate font-mono">{`{${name}}`}</span>
          </Button>
        ))}
      </div>
    </div>
  );
}
