"use client";

import { CircleX } from "lucide-react";
import { formatNumber } from "#components/format.ts";
import { Field } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { LaunchDraft, LaunchDraftAction, LaunchSettings, PromptKind } from "./launch-draft.ts";
import { PromptFileField } from "./prompt-file-field.tsx";
import { PromptPreview } from "./prompt-preview.tsx";
import { PromptReadingReport } from "./prompt-reading-report.tsx";
import { PromptTemplateField } from "./prompt-template-field.tsx";
import type { PromptReadingState } from "./use-prompt-reading.ts";

type PromptsPanelProps = {
  draft: LaunchDraft;
  settings: LaunchSettings;
  readingState: PromptReadingState;
  error: string | null;
  edit: (action: LaunchDraftAction) => void;
};

const kinds: readonly { value: PromptKind; label: string }[] = [
  { value: "builtIn", label: "Built-in set" },
  { value: "paste", label: "Paste" },
  { value: "file", label: "File" },
];

/** Where the prompts come from, with the first three of them and everything that is wrong with them. */
export function PromptsPanel({ draft, settings, readingState, error, edit }: PromptsPanelProps) {
  const { reading, isReading } = readingState;
  return (
    <Panel title="Prompts">
      <div data-field="prompts" className="flex flex-col gap-3">
        <SegmentedControl
          aria-label="Source of the prompts"
          value={draft.promptKind}
          options={kinds}
          onValueChange={(promptKind) => edit({ type: "promptKind", promptKind })}
        />
        {draft.promptKind === "builtIn" && (
          <>
            <p className="text-muted">
              {formatNumber(settings.builtInPrompts.count)} different questions and tasks in English, written
              for Batchmark. No two are alike, so a provider cannot answer from a cache.
            </p>
            <PromptPreview prompts={settings.builtInPrompts.preview} total={settings.builtInPrompts.count} />
          </>
        )}
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
        {draft.promptKind !== "builtIn" && (
          <PromptTemplateField
            template={draft.template}
            variables={reading && reading.columns.length > 0 ? reading.columns : ["prompt"]}
            onTemplate={(template) => edit({ type: "template", template })}
          />
        )}
        {isReading && <p className="text-small text-muted">Reading the prompts…</p>}
        {error && (
          <p role="alert" className="flex items-start gap-1.5 text-small text-failed">
            <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span>{error}</span>
          </p>
        )}
        {reading && <PromptReadingReport reading={reading} />}
      </div>
    </Panel>
  );
}
