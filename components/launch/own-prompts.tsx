"use client";

import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { PromptReading } from "#lib/prompts/prompt-reading.ts";
import type { LaunchDraft, LaunchDraftAction } from "./launch-draft.ts";
import { PromptFileField } from "./prompt-file-field.tsx";
import { PromptTemplateField } from "./prompt-template-field.tsx";

type OwnPromptsProps = {
  draft: LaunchDraft;
  reading: PromptReading | null;
  edit: (action: LaunchDraftAction) => void;
};

/** Takes the user's own prompts, pasted or from a file, and a template around them. */
export function OwnPrompts({ draft, reading, edit }: OwnPromptsProps) {
  return (
    <>
      {draft.promptKind === "paste" && (
        <Field label="Your prompts" hint="One prompt a line, or JSON Lines. Blank lines are left out.">
          <Textarea
            rows={8}
            value={draft.pastedText}
            placeholder={"Explain how a heat pump works.\nName three uses of a hash map."}
            spellCheck={false}
            onValueChange={(pastedText) => edit({ type: "pastedText", pastedText })}
          />
        </Field>
      )}
      {draft.promptKind === "file" && (
        <PromptFileField
          file={draft.file}
          reading={reading}
          onFile={(file) => edit({ type: "file", file })}
          onColumn={(column) => edit({ type: "column", column })}
          isColumnUnused={draft.template.trim() !== ""}
        />
      )}
      <PromptTemplateField
        template={draft.template}
        variables={reading && reading.columns.length > 0 ? reading.columns : ["prompt"]}
        onTemplate={(template) => edit({ type: "template", template })}
      />
    </>
  );
}
